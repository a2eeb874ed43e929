using BenchmarkDotNet.Attributes;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Benchmarks.Capture;

/// <summary>Question: how many records a second does the log accept, and how many does it commit?</summary>
/// <remarks>Budget: accepting at least 1 M records/s and 0 B/op (256 B payload); the time of a commit is the disk's.</remarks>
[MemoryDiagnoser, BenchmarkCategory("micro", "log")]
public class AppendBenchmarks
{
    private const int Records = 10_000;

    private readonly byte[] _payload = new byte[256];
    private readonly Topic[] _topics = new Topic[64];
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
    private CaptureLog? _log;
    private long _number;

    /// <summary>Records of one commit. 16: a ward's second; 10 000: a flood.</summary>
    [Params(16, Records)]
    public int Group { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_payload);
        var table = new TopicTable();
        for (var i = 0; i < _topics.Length; i++)
        {
            _topics[i] = table.Intern(System.Text.Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/bed-{i:D2}/mon1/vitals"));
        }

        _log = CaptureLog.OpenWithoutThread(FileDisk.ForWriting(_folder), new CaptureLogOptions());
        _number = _log.Recovered.LastNumber;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _log!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Only accepted. The buffer is emptied outside the measurement.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public long Accept() => Append(Records);

    [Benchmark(OperationsPerInvoke = Records)]
    public long AcceptAndCommit()
    {
        for (var done = 0; done < Records; done += Group)
        {
            Append(Group);
            _log!.CommitLanes(all: true);
        }

        return _log!.CommittedThrough(LogLane.Facts);
    }

    [IterationCleanup(Target = nameof(Accept))]
    public void Empty() => _log!.CommitLanes(all: true);

    private long Append(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var record = new LogRecord
            {
                Number = ++_number,
                LogTimeUs = _number,
                Kind = RecordKind.Publish,
                Qos = 1,
                Client = "mon1",
                Topic = _topics[i & 63],
                Payload = _payload,
            };
            _log!.Append(in record, LogLane.Facts);
        }

        return _number;
    }
}
