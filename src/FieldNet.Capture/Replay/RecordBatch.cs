using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Replay;

/// <summary>Copies of some records, in order, that go from one thread to another.</summary>
/// <remarks>Shape: storage that is used again and again, and grows only for whoever does not ask for room. Threading: one thread at a time.</remarks>
internal sealed class RecordBatch
{
    private const int MaxRecords = 1024;

    private Slot[] _slots = new Slot[MaxRecords];
    private byte[] _bytes = new byte[256 * 1024];
    private int _count;
    private int _used;

    public int Count => _count;

    /// <summary>How far the source was when the batch was full.</summary>
    public double Done { get; set; }

    public bool HasRoomFor(in LogRecord record) =>
        _count == 0 || (_count < MaxRecords && record.Properties.Length + record.Payload.Length <= _bytes.Length - _used);

    public void Add(in LogRecord record)
    {
        var size = record.Properties.Length + record.Payload.Length;
        if (size > _bytes.Length - _used)
        {
            Array.Resize(ref _bytes, Math.Max(_used + size, _bytes.Length * 2));
        }

        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, _count * 2);
        }

        ref var slot = ref _slots[_count++];
        slot.Number = record.Number;
        slot.LogTimeUs = record.LogTimeUs;
        slot.ReceiveTimeUs = record.ReceiveTimeUs;
        slot.Connection = record.Connection;
        slot.Client = record.Client;
        slot.Topic = record.Topic;
        slot.At = _used;
        slot.PropertiesLength = record.Properties.Length;
        slot.PayloadLength = record.Payload.Length;
        slot.PacketId = record.PacketId;
        slot.Kind = record.Kind;
        slot.Qos = record.Qos;
        slot.Retain = record.Retain;
        slot.Duplicate = record.Duplicate;
        record.Properties.CopyTo(_bytes.AsSpan(_used));
        record.Payload.CopyTo(_bytes.AsSpan(_used + record.Properties.Length));
        _used += size;
    }

    public LogRecord this[int index]
    {
        get
        {
            ref readonly var slot = ref _slots[index];
            return new LogRecord
            {
                Number = slot.Number,
                LogTimeUs = slot.LogTimeUs,
                ReceiveTimeUs = slot.ReceiveTimeUs,
                Kind = slot.Kind,
                Qos = slot.Qos,
                Retain = slot.Retain,
                Duplicate = slot.Duplicate,
                PacketId = slot.PacketId,
                Connection = slot.Connection,
                Client = slot.Client,
                Topic = slot.Topic,
                Properties = _bytes.AsSpan(slot.At, slot.PropertiesLength),
                Payload = _bytes.AsSpan(slot.At + slot.PropertiesLength, slot.PayloadLength),
            };
        }
    }

    public void Clear() => (_count, _used) = (0, 0);

    private struct Slot
    {
        public long Number;
        public long LogTimeUs;
        public long ReceiveTimeUs;
        public long Connection;
        public string Client;
        public Topic Topic;
        public int At;
        public int PropertiesLength;
        public int PayloadLength;
        public ushort PacketId;
        public RecordKind Kind;
        public byte Qos;
        public bool Retain;
        public bool Duplicate;
    }
}
