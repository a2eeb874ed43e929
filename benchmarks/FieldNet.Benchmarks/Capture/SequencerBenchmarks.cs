using BenchmarkDotNet.Attributes;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Benchmarks.Capture;

/// <summary>Question: how many records a second can one thread post into a ring, take out, number, look up, copy and seal?</summary>
/// <remarks>Budget: 0 B/op and at least 1 M records/s of 128 B. The design page measured 1.4 to 4.8 M with decoding.</remarks>
[MemoryDiagnoser, BenchmarkCategory("micro", "sequencer")]
public class SequencerBenchmarks : IArrivalOwner, IDisposable
{
    private const int Records = 1024;

    private readonly byte[] _payload = new byte[128];
    private readonly byte[] _topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8.ToArray();
    private CaptureLog? _log;
    private Sequencer? _sequencer;
    private IIngressLane? _lane;
    private long _sequenced;

    [GlobalSetup]
    public void Setup()
    {
        _log = CaptureLog.Open(new NullDisk(), new CaptureLogOptions());
        _sequencer = new Sequencer(_log, new TopicTable(), new SequencerOptions { TurnRecords = Records, TurnBytes = int.MaxValue }, TimeProvider.System);
        _sequencer.StartWithoutThread([]);
        _lane = _sequencer.OpenLane(_sequencer.NextConnection(), "mon1", this);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _sequencer?.Dispose();
        _log?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public long PostAndSequence()
    {
        for (var i = 0; i < Records; i++)
        {
            _lane!.TryPost(new Arrival { Kind = RecordKind.Publish, Qos = 1, Topic = _topic, Payload = _payload });
        }

        var target = _sequenced + Records;
        while (_sequenced < target)
        {
            _sequencer!.Step();
        }

        return _sequenced;
    }

    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal) => _sequenced++;

    public void Committed()
    {
    }
}
