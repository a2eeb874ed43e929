using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Log;

/// <summary>Reads the records of a log in order, both lanes merged; the log may be a running agent's.</summary>
/// <remarks>
/// Lifetime: a record's spans are valid until the next <see cref="TryRead"/>. Threading: one thread.
/// A log that is being written is read as far as it is now. To follow one, set <see cref="Limit"/>: below both committed marks the
/// two lanes hold still, so the order is right.
/// Loss: damage is passed over and counted in <see cref="Damage"/>.
/// </remarks>
public sealed class LogReader : IDisposable
{
    private readonly LaneReader[] _lanes;
    private readonly TopicTable _topics;
    private LaneReader? _current;
    private long _last;
    private long _missing;
    private long _unnamed;
    private bool _isPeeked;

    /// <param name="topics">Interns the topics, in the order of the records.</param>
    /// <param name="from">The first number wanted.</param>
    public LogReader(IDisk disk, TopicTable topics, long from = 1)
        : this(disk, topics, from, [LogLane.Facts, LogLane.Waves])
    {
    }

    /// <inheritdoc cref="LogReader(IDisk, TopicTable, long)"/>
    /// <param name="lanes">Of these lanes alone; what is missing can then not be told.</param>
    public LogReader(IDisk disk, TopicTable topics, long from, IEnumerable<LogLane> lanes)
    {
        _topics = topics;
        _lanes = [.. lanes.Select(lane => new LaneReader(disk, lane, from))];
    }

    /// <summary>Only records numbered up to this are read. A reader that follows a running log sets it to the lower of both committed marks.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>What could not be read so far.</summary>
    public LogDamage Damage => new(_lanes.Sum(lane => lane.Corrupt) + _unnamed, _lanes.Sum(lane => lane.Torn), _missing);

    /// <summary>How much of the files as they are now has been read, 0 to 1.</summary>
    public double Done => (double)_lanes.Sum(lane => lane.ReadBytes) / Math.Max(1, _lanes.Sum(lane => lane.TotalBytes));

    /// <inheritdoc cref="LogReader(IDisk, TopicTable, long)"/>
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public static LogReader Open(string dataFolder, TopicTable topics, long from = 1) => new(FileDisk.ForReading(dataFolder), topics, from);

    /// <summary>Looks at the number of the next record without taking it, if it can be read. The spans of the record before are then void.</summary>
    public bool TryPeek(out long number)
    {
        _isPeeked = _isPeeked || TryAdvance();
        number = _isPeeked ? _current!.Scanner.Header.Number : 0;
        return _isPeeked;
    }

    /// <returns>False at the end; with a <see cref="Limit"/>, asking again later goes on.</returns>
    public bool TryRead(out LogRecord record)
    {
        while (_isPeeked || TryAdvance())
        {
            _isPeeked = false;
            var scanner = _current!.Scanner;
            ref readonly var header = ref scanner.Header;
            if (scanner.Client is not { } client || scanner.TopicIn(_topics) is not { } topic)
            {
                _unnamed++;
                continue;
            }

            var properties = scanner.Body.Slice(scanner.InlineTopicBytes, header.PropertiesLength);
            record = new LogRecord
            {
                Number = header.Number,
                LogTimeUs = header.LogTimeUs,
                ReceiveTimeUs = header.ReceiveTimeUs,
                Kind = (RecordKind)header.Kind,
                Qos = (byte)(header.Flags & FrameFlags.QosMask),
                Retain = (header.Flags & FrameFlags.Retain) != 0,
                Duplicate = (header.Flags & FrameFlags.Duplicate) != 0,
                PacketId = header.PacketId,
                Connection = header.Connection,
                Client = client,
                Topic = topic,
                Properties = properties,
                Payload = scanner.Body[(scanner.InlineTopicBytes + properties.Length)..],
            };
            _missing += _last == 0 ? 0 : header.Number - _last - 1;
            _last = header.Number;
            return true;
        }

        record = default;
        return false;
    }

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());

    /// <summary>Stands on the lowest number of the lanes.</summary>
    private bool TryAdvance()
    {
        _current?.Consume();
        _current = null;
        foreach (var lane in _lanes)
        {
            if (lane.TryLoad()
                && lane.Scanner.Header.Number <= Limit
                && (_current is null || lane.Scanner.Header.Number < _current.Scanner.Header.Number))
            {
                _current = lane;
            }
        }

        return _current is not null;
    }
}
