namespace FieldNet.Telemetry.Network;

/// <summary>One second of an active probe of one path (STAMP, RFC 8762).</summary>
/// <remarks>Shape: payload of a <see cref="Records.RecordKind.Probe"/> record, JSON with snake_case keys. Absent is unknown, never 0.</remarks>
public sealed record ProbeReport
{
    /// <summary>Name of the session in the site file.</summary>
    public required string Session { get; init; }

    /// <summary>Whom it measures: a gateway's <c>ward/bed/device</c>, or a part of the network (<c>core</c>, <c>backhaul</c>).</summary>
    public required string Target { get; init; }

    /// <summary>Packets whose time to come back ended in this second.</summary>
    public required int Sent { get; init; }

    public required int Received { get; init; }

    /// <summary>Lost on the way there and on the way back, told in the second in which a later packet came through; null with a stateless reflector, or as long as none did.</summary>
    public int? LostThere { get; init; }

    public int? LostBack { get; init; }

    public int? Reordered { get; init; }

    public int? Duplicates { get; init; }

    /// <summary>Round trips of this second without the reflector's own time, milliseconds.</summary>
    public double? RttMinMs { get; init; }

    public double? RttMedianMs { get; init; }

    public double? RttP98Ms { get; init; }

    public double? RttMaxMs { get; init; }

    /// <summary>RFC 3550 jitter of the round trip, milliseconds.</summary>
    public double? JitterMs { get; init; }

    /// <summary>How much longer than the fastest of the last minute it took there, and back: the 98th percentile, milliseconds. Needs no common clock.</summary>
    public double? VariationThereMs { get; init; }

    public double? VariationBackMs { get; init; }

    /// <summary>Reflector's clock less ours; half the path's asymmetry may be in it. Never the truth without a common clock.</summary>
    public double? OffsetMs { get; init; }

    /// <summary>Differentiated services code point of the packets.</summary>
    public int? Dscp { get; init; }

    public byte[] ToJson() => NetworkJson.Write(this);

    /// <returns>Null when this is none: such a record changes nothing.</returns>
    public static ProbeReport? FromJson(ReadOnlySpan<byte> payload) => NetworkJson.Read<ProbeReport>(payload);
}
