using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Edge.History;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.History;

/// <summary>The log as a sink reads it: in several places, never past what is committed.</summary>
public sealed class CommittedLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-committed-").FullName;
    private readonly TopicTable _topics = new();

    [Fact]
    public void TryRead_OfTwoReaders_EachGoesItsOwnWay_AndWavesOnlyIfAskedFor()
    {
        using (var log = CaptureLog.Open(_folder, new CaptureLogOptions()))
        {
            for (var number = 1; number <= 10; number++)
            {
                Append(log, number, number % 2 == 0 ? "wave/MDC_ECG_ELEC_POTL_II" : "vitals");
            }
        }

        using var again = CaptureLog.Open(_folder, new CaptureLogOptions());
        var committed = new CommittedLog(again.Disk, again, new StoppedClock());

        Assert.Equal(10, committed.Committed);
        Assert.Equal([1, 3, 5, 7, 9], Read(committed, from: 1, waves: false, through: 100));
        Assert.Equal([4, 5, 6], Read(committed, from: 4, waves: true, through: 6));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<long> Read(CommittedLog log, long from, bool waves, long through)
    {
        using var reader = log.Read(from, waves);
        var numbers = new List<long>();
        while (reader.TryRead(through, (in LogRecord record) => numbers.Add(record.Number)))
        {
        }

        return numbers;
    }

    private void Append(CaptureLog log, long number, string kind)
    {
        var topic = _topics.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/bed-01/mon1/{kind}"));
        var record = new LogRecord { Number = number, LogTimeUs = number, ReceiveTimeUs = number, Kind = RecordKind.Publish, Client = "c", Topic = topic, Payload = "x"u8 };
        log.Append(record, record.Lane);
    }

    private sealed class StoppedClock : ILogClock
    {
        public long NowUs => 0;
    }
}
