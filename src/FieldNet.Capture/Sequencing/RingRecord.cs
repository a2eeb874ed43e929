using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Sequencing;

/// <summary>An arrival as it lies in a ring: this head, then topic, properties and payload.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingRecord
{
    public static readonly int HeadBytes = Unsafe.SizeOf<RingRecord>();

    /// <summary>Head, content and padding; 0 marks that the ring goes on at its beginning.</summary>
    public int Length;
    public int TopicBytes;
    public int PropertyBytes;
    public int PayloadBytes;
    public long ReceiveTimeUs;
    public ushort PacketId;
    public RecordKind Kind;
    public byte Qos;
    public bool Retain;
    public bool Duplicate;
    public bool Awaited;

    public static int LengthOf(in Arrival arrival) =>
        (HeadBytes + arrival.Topic.Length + arrival.Properties.Length + arrival.Payload.Length + 7) & ~7;

    public static void Write(in Arrival arrival, Span<byte> into)
    {
        var head = new RingRecord
        {
            Length = into.Length,
            TopicBytes = arrival.Topic.Length,
            PropertyBytes = arrival.Properties.Length,
            PayloadBytes = arrival.Payload.Length,
            ReceiveTimeUs = arrival.ReceiveTimeUs,
            PacketId = arrival.PacketId,
            Kind = arrival.Kind,
            Qos = arrival.Qos,
            Retain = arrival.Retain,
            Duplicate = arrival.Duplicate,
            Awaited = arrival.Awaited,
        };
        MemoryMarshal.Write(into, in head);
        var content = into[HeadBytes..];
        arrival.Topic.CopyTo(content);
        arrival.Properties.CopyTo(content[head.TopicBytes..]);
        arrival.Payload.CopyTo(content[(head.TopicBytes + head.PropertyBytes)..]);
    }

    /// <summary>The arrival back, its spans aliasing <paramref name="from"/>.</summary>
    public static Arrival Read(ReadOnlySpan<byte> from)
    {
        var head = MemoryMarshal.Read<RingRecord>(from);
        var content = from[HeadBytes..];
        return new Arrival
        {
            Kind = head.Kind,
            Qos = head.Qos,
            Retain = head.Retain,
            Duplicate = head.Duplicate,
            PacketId = head.PacketId,
            ReceiveTimeUs = head.ReceiveTimeUs,
            Topic = content[..head.TopicBytes],
            Properties = content.Slice(head.TopicBytes, head.PropertyBytes),
            Payload = content.Slice(head.TopicBytes + head.PropertyBytes, head.PayloadBytes),
            Awaited = head.Awaited,
        };
    }
}
