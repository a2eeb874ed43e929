using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>What a connection hands to the sequencer: a record that has no number yet.</summary>
/// <remarks>Lifetime: the spans are copied by <see cref="IIngressLane.TryPost"/>.</remarks>
public readonly ref struct Arrival
{
    public RecordKind Kind { get; init; }

    public byte Qos { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    public ushort PacketId { get; init; }

    /// <summary>When the bytes were read from the socket, UTC microseconds of <see cref="ILogClock"/>.</summary>
    public long ReceiveTimeUs { get; init; }

    /// <summary>Topic name, UTF-8, already checked by the codec; empty for kinds without one.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    public ReadOnlySpan<byte> Properties { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>An acknowledgement waits for this record's commit: commit soon.</summary>
    public bool Awaited { get; init; }
}
