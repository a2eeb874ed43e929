using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Checkpoints;

/// <summary>Remembers the PUBLISH payloads, and throws at one that says so.</summary>
internal sealed class PoisonableTally : IQuarantineView, ICheckpointView
{
    private bool _rebuilding;

    public string CheckpointName => "letters";

    public List<string> Letters { get; private set; } = [];

    public int Rebuilds { get; private set; }

    public long FirstRebuilt { get; private set; }

    public Refusal Apply(in LogRecord record)
    {
        FirstRebuilt = _rebuilding && FirstRebuilt == 0 ? record.Number : FirstRebuilt;
        if (record.Kind == RecordKind.Publish)
        {
            var text = Encoding.UTF8.GetString(record.Payload);
            Letters.Add(text != "poison" ? text : throw new InvalidOperationException(text));
        }

        return Refusal.None;
    }

    public byte[] SaveCheckpoint() => Encoding.UTF8.GetBytes("=" + string.Join(',', Letters));

    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics) =>
        Letters = saved.Length < 2 ? [] : [.. Encoding.UTF8.GetString(saved[1..]).Split(',')];

    public void Rebuild(ReplayRecords replay)
    {
        (Rebuilds, _rebuilding, Letters) = (Rebuilds + 1, true, []);
        replay((in LogRecord record) => Apply(record));
        _rebuilding = false;
    }
}
