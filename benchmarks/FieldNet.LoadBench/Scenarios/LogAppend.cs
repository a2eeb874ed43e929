using System.Diagnostics;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: how much of the disk's plain write-and-fsync bandwidth does the log make records of, and how many does it take into memory?</summary>
/// <remarks>Disk and log take turns, since a shared disk is not the same from one moment to the next. A record's payload alone counts as its bytes.</remarks>
internal sealed class LogAppend : IDisposable
{
    private const int PayloadBytes = 256;
    private const int Turns = 5;

    /// <summary>Fewer than the log's buffer holds: nobody waits for the disk meanwhile.</summary>
    private const int MemoryRecords = 100_000;
    private const double LeastShareOfDisk = 0.5;
    private const double LeastIntoMemory = 2_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldnet-bench-");
    private readonly Topic[] _topics = new Topic[64];
    private readonly byte[] _payload = new byte[PayloadBytes];
    private readonly CaptureLog _log;
    private long _number;

    private LogAppend()
    {
        var table = new TopicTable();
        for (var i = 0; i < _topics.Length; i++)
        {
            _topics[i] = table.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/bed-{i:D2}/mon1/vitals"));
        }

        new Random(1).NextBytes(_payload);
        _log = CaptureLog.Open(_folder.FullName, new CaptureLogOptions());
    }

    public static Task Run(Report report, BenchTimes times)
    {
        using var bench = new LogAppend();
        var turn = times.Paced / Turns;
        bench.IntoMemory(turn);
        bench.OntoDisk(turn);
        List<double> disk = [], log = [], memory = [];
        for (var i = 0; i < Turns; i++)
        {
            disk.Add(DiskProbe.BytesPerSecond(turn));
            log.Add(bench.OntoDisk(turn));
            memory.Add(bench.IntoMemory(turn));
        }

        report.Add("disk_alone_mb_per_s", Median(disk) / 1e6);
        report.Add("log_256b_mb_per_s", Median(log) / 1e6);
        report.Add("log_256b_share_of_disk", Median(log) / Median(disk), Target.AtLeast(LeastShareOfDisk));
        report.Add("log_256b_into_memory_records_per_s", Median(memory), Target.AtLeast(LeastIntoMemory));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <returns>Payload bytes committed a second.</returns>
    private double OntoDisk(TimeSpan duration)
    {
        var (started, first) = (Stopwatch.GetTimestamp(), _number);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            if (_log.HasRoom(LogLane.Facts, PayloadBytes * Turns))
            {
                Append(64);
            }
            else
            {
                Thread.Yield();
            }
        }

        Commit();
        return (_number - first) * PayloadBytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <returns>Records accepted a second; emptying the buffer in between does not count.</returns>
    private double IntoMemory(TimeSpan duration)
    {
        var (accepting, records, started) = (TimeSpan.Zero, 0L, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(started) < duration; records += MemoryRecords)
        {
            var began = Stopwatch.GetTimestamp();
            Append(MemoryRecords);
            accepting += Stopwatch.GetElapsedTime(began);
            Commit();
        }

        return records / accepting.TotalSeconds;
    }

    private void Commit()
    {
        if (!_log.Commit(Patience))
        {
            throw new BenchException($"the disk did not take the log: {_log.Health.Detail}");
        }
    }

    private void Append(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _log.Append(
                new LogRecord
                {
                    Number = ++_number, LogTimeUs = _number, ReceiveTimeUs = _number, Kind = RecordKind.Publish, Qos = 1, Client = "mon1", Topic = _topics[i & 63], Payload = _payload,
                },
                LogLane.Facts);
        }
    }
}
