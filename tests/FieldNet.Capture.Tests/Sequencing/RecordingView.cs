using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

/// <summary>A view that remembers every record, and does what a test asks for when it sees one.</summary>
internal sealed class RecordingView : IQuarantineView, IBatchView, IDeadlineSource
{
    public delegate Refusal RecordReaction(in LogRecord record);

    public RecordReaction? React { get; set; }

    public List<(long Number, RecordKind Kind, string Payload)> Seen { get; private set; } = [];

    public List<long> LogTimes { get; } = [];

    public int Rebuilds { get; private set; }

    public int BatchEnds { get; private set; }

    public long NextDeadlineUs { get; set; } = long.MaxValue;

    public Refusal Apply(in LogRecord record)
    {
        var refusal = React?.Invoke(in record) ?? Refusal.None;
        Seen.Add((record.Number, record.Kind, Encoding.UTF8.GetString(record.Payload)));
        LogTimes.Add(record.LogTimeUs);
        return refusal;
    }

    public void Rebuild(ReplayRecords replay)
    {
        Rebuilds++;
        Seen = [];
        replay((in LogRecord record) => Apply(in record));
    }

    public void BatchEnd() => BatchEnds++;
}
