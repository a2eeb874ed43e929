namespace FieldNet.Telemetry.Network;

/// <summary>What was wrong with the agent itself in the last second, so that nobody else is blamed for it.</summary>
/// <remarks>
/// Shape: payload of a <see cref="Records.RecordKind.Health"/> record, JSON with snake_case keys. Written each second in which a figure is out of its usual
/// range, and once when all are back in it. Stalls over 0.25 s have their own record (<see cref="Records.RecordKind.Clock"/>).
/// </remarks>
public sealed record HealthReport
{
    /// <summary>Longest garbage collection pause of the second, milliseconds; their sum where several can't be told apart.</summary>
    public double? GcPauseMs { get; init; }

    /// <summary>Longest that a socket reader was kept from reading, milliseconds: arrivals of this second may look that much later than they were.</summary>
    public double? ReadLagMs { get; init; }

    /// <summary>Longest that a record waited between its socket and the processor, milliseconds.</summary>
    public double? QueueMs { get; init; }

    /// <summary>Share of all cores that the process used, 0 to 1.</summary>
    public double? CpuShare { get; init; }

    /// <summary>A connection had to wait because the processor could not keep up.</summary>
    public bool? Overloaded { get; init; }

    public byte[] ToJson() => NetworkJson.Write(this);

    /// <returns>Null when this is none: such a record changes nothing.</returns>
    public static HealthReport? FromJson(ReadOnlySpan<byte> payload) => NetworkJson.Read<HealthReport>(payload);
}
