using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Edge.ReplayDeck;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.ReplayDeck;

/// <summary>A folder of captures on disk, with as many data folders as the test writes.</summary>
internal sealed class ShelfFolder : IDisposable, ICommitMark
{
    /// <summary>2026-03-01T08:00:00Z.</summary>
    public const long StartUs = 1_772_352_000_000_000;

    public string Path { get; } = Directory.CreateTempSubdirectory("fieldnet-captures-").FullName;

    /// <summary>How far the live agent's log is committed.</summary>
    public long Committed { get; set; } = long.MaxValue;

    public CaptureShelf Shelf => new(System.IO.Path.Combine(Path, "live"), Path, this);

    public long CommittedThrough(LogLane lane) => Committed;

    public void Await(LogLane lane, IArrivalOwner owner) => throw new NotSupportedException("nobody waits here");

    /// <summary>Writes a data folder: a heart rate a second, its value the second's number.</summary>
    public string Write(string name, int seconds)
    {
        var folder = System.IO.Path.Combine(Path, name);
        using var log = CaptureLog.Open(folder, new CaptureLogOptions());
        var topics = new TopicTable();
        for (var s = 0; s < seconds; s++)
        {
            var timeUs = StartUs + (s * 1_000_000L);
            var record = new LogRecord
            {
                Number = s + 1,
                LogTimeUs = timeUs,
                ReceiveTimeUs = timeUs,
                Kind = RecordKind.Publish,
                Client = "mon1",
                Topic = topics.Intern("fieldnet/v1/chu/icu1/bed-01/mon1/vitals"u8),
                Payload = Encoding.UTF8.GetBytes($$"""{"stamp":{"epoch":1,"seq":"{{s}}"},"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":{{s}}}]}"""),
            };
            log.Append(record, record.Lane);
        }

        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
