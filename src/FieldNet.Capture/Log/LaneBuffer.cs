using System.Runtime.InteropServices;
using System.Text;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>One lane's accepted records, encoded and waiting for the commit.</summary>
/// <remarks>
/// Threading: under the log's lock. Bounded by the log.
/// Memory: chunks are kept for the next flood, since memory that is touched for the first time costs more than all the work on a record.
/// </remarks>
/// <param name="segmentBytes">Size of a segment.</param>
/// <param name="mostBytes">Most bytes that wait.</param>
internal sealed class LaneBuffer(int segmentBytes, int mostBytes)
{
    private const int MaxEntries = 65_536;

    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);
    private readonly List<Chunk> _chunks = [];
    private readonly Stack<Chunk> _free = [];
    private readonly int _mostFree = mostBytes / Chunk.UsualBytes;
    private readonly HashSet<IArrivalOwner> _awaiting = new(ReferenceEqualityComparer.Instance);
    private int[] _topics = new int[256];
    private SegmentPlan _plan = new();
    private Chunk? _chunk;

    public bool IsEmpty => _chunks.Count == 0;

    /// <summary>Number of the first record that waits; none waits when empty.</summary>
    public long FirstNumber => _chunks[0].FirstNumber;

    public bool IsAwaited => _awaiting.Count > 0;

    /// <summary>Acknowledgements that wait.</summary>
    public int Awaited { get; private set; }

    /// <summary>Upper bound of what a record will take, its dictionary entries not counted.</summary>
    public static int Estimate(int topicBytes, int propertyBytes, int payloadBytes) =>
        FrameHeader.LengthOf(topicBytes + propertyBytes + payloadBytes);

    public void Await(IArrivalOwner owner)
    {
        Awaited++;
        _awaiting.Add(owner);
    }

    /// <returns>Bytes taken.</returns>
    public int Add(in LogRecord record)
    {
        var before = _plan.Bytes;
        if (_plan.Bytes + Estimate(0, record.Properties.Length, record.Payload.Length) > segmentBytes - SegmentHeader.Bytes
            || _plan.Entries >= MaxEntries)
        {
            Roll();
            before = 0;
        }

        var inline = record.Topic.Id < 0 ? record.Topic.Utf8 : default;
        var header = new FrameHeader
        {
            Type = FrameHeader.Record,
            BodyLength = inline.Length + record.Properties.Length + record.Payload.Length,
            Number = record.Number,
            LogTimeUs = record.LogTimeUs,
            ReceiveTimeUs = record.ReceiveTimeUs,
            Connection = record.Connection,
            Client = ClientEntry(in record),
            Topic = record.Topic.Id < 0 ? inline.Length : TopicEntry(in record),
            PacketId = record.PacketId,
            Kind = (byte)record.Kind,
            Flags = (FrameFlags)(record.Qos & (byte)FrameFlags.QosMask)
                | (record.Retain ? FrameFlags.Retain : 0)
                | (record.Duplicate ? FrameFlags.Duplicate : 0)
                | (inline.Length > 0 ? FrameFlags.InlineTopic : 0),
            PropertiesLength = record.Properties.Length,
        };
        var frame = Reserve(header.FrameLength, in record);
        var body = frame[FrameHeader.Bytes..];
        inline.CopyTo(body);
        record.Properties.CopyTo(body[inline.Length..]);
        record.Payload.CopyTo(body[(inline.Length + record.Properties.Length)..]);
        header.Seal(frame, _plan.Salt);
        return (int)(_plan.Bytes - before);
    }

    /// <summary>Hands over to the commit what came first: whole chunks, until they are enough.</summary>
    /// <param name="enoughBytes">With so many, the rest waits for the next commit.</param>
    /// <param name="chunks">Takes the chunks.</param>
    /// <param name="awaiting">Takes the owners that wait. While a rest is left all are told of each commit: whose record is in the rest goes on waiting.</param>
    public void MoveTo(long enoughBytes, List<Chunk> chunks, HashSet<IArrivalOwner> awaiting)
    {
        var (bytes, count) = (0L, 0);
        while (count < _chunks.Count && bytes < enoughBytes)
        {
            bytes += _chunks[count++].Frames.Length;
        }

        chunks.AddRange(_chunks.Take(count));
        _chunks.RemoveRange(0, count);
        foreach (var owner in _awaiting)
        {
            awaiting.Add(owner);
        }

        if (_chunks.Count == 0)
        {
            _chunk = null;
            _awaiting.Clear();
            Awaited = 0;
        }
    }

    /// <summary>Takes chunks back for reuse.</summary>
    public void Return(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            if (chunk.IsUsual && _free.Count < _mostFree)
            {
                chunk.Begin(null, 0, 0);
                _free.Push(chunk);
            }
        }
    }

    private void Roll()
    {
        _plan = new SegmentPlan();
        _chunk = null;
        _clients.Clear();
        Array.Clear(_topics);
    }

    private int ClientEntry(in LogRecord record)
    {
        if (record.Client.Length == 0)
        {
            return 0;
        }

        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, record.Client, out var known);
        if (!known)
        {
            entry = AddEntry(FrameHeader.ClientEntry, Encoding.UTF8.GetBytes(record.Client), in record);
        }

        return entry;
    }

    private int TopicEntry(in LogRecord record)
    {
        var id = record.Topic.Id;
        if (id >= _topics.Length)
        {
            Array.Resize(ref _topics, Math.Max(id + 1, _topics.Length * 2));
        }

        return _topics[id] != 0 ? _topics[id] : _topics[id] = AddEntry(FrameHeader.TopicEntry, record.Topic.Utf8, in record);
    }

    /// <summary>Writes the entry twice, so that one flipped bit costs a record at most and never a topic.</summary>
    private int AddEntry(uint type, ReadOnlySpan<byte> name, in LogRecord record)
    {
        var header = new FrameHeader { Type = type, BodyLength = name.Length, Number = ++_plan.Entries };
        for (var copy = 0; copy < 2; copy++)
        {
            var frame = Reserve(header.FrameLength, in record);
            name.CopyTo(frame[FrameHeader.Bytes..]);
            header.Seal(frame, _plan.Salt);
            _plan.Remember(frame);
        }

        return _plan.Entries;
    }

    private Span<byte> Reserve(int bytes, in LogRecord record)
    {
        _plan.Bytes += bytes;
        if (_chunk is null || !_chunk.TryReserve(bytes, out var frame))
        {
            _chunk = bytes <= Chunk.UsualBytes && _free.TryPop(out var free) ? free : new Chunk(Math.Max(bytes, Chunk.UsualBytes));
            _chunk.Begin(_plan, record.Number, record.LogTimeUs);
            _chunks.Add(_chunk);
            _chunk.TryReserve(bytes, out frame);
        }

        return frame;
    }
}
