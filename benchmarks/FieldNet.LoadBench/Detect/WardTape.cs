using FieldNet.Bedside.Scenarios;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.LoadBench.Detect;

/// <summary>The records of a scenario, kept in memory, so that playing them costs next to nothing beside what is measured.</summary>
internal sealed class WardTape
{
    private const int BlockBytes = 1 << 24;

    private readonly List<Kept> _records = [];
    private readonly List<byte[]> _blocks = [];
    private int _used = BlockBytes;

    public int Count => _records.Count;

    /// <summary>Through a processor, because what it waits for decides when time must be said to move; that also compiles it well before it is measured.</summary>
    public static WardTape Of(Scenario scenario, IEventSink sink)
    {
        var (tape, processor) = (new WardTape(), new WardProcessor(sink));
        scenario.Run(Apply, () => processor.NextDeadlineUs);
        return tape;

        void Apply(in LogRecord record)
        {
            tape.Keep(record);
            processor.Apply(record);
        }
    }

    public LogRecord this[int index]
    {
        get
        {
            var kept = _records[index];
            return new LogRecord
            {
                Number = index + 1,
                LogTimeUs = kept.TimeUs,
                ReceiveTimeUs = kept.TimeUs,
                Kind = kept.Kind,
                Connection = kept.Connection,
                Client = kept.Client,
                Topic = kept.Topic,
                Payload = kept.Payload.Span,
            };
        }
    }

    /// <summary>Index of the first record at or after that log time.</summary>
    public int At(long timeUs) => _records.FindIndex(kept => kept.TimeUs >= timeUs);

    private void Keep(in LogRecord record)
    {
        if (BlockBytes - _used < record.Payload.Length)
        {
            _blocks.Add(new byte[BlockBytes]);
            _used = 0;
        }

        var place = record.Payload.IsEmpty ? default : _blocks[^1].AsMemory(_used, record.Payload.Length);
        record.Payload.CopyTo(place.Span);
        _used += record.Payload.Length;
        _records.Add(new Kept(record.LogTimeUs, record.Kind, record.Connection, record.Client, record.Topic, place));
    }

    private readonly record struct Kept(long TimeUs, RecordKind Kind, long Connection, string Client, Topic Topic, ReadOnlyMemory<byte> Payload);
}
