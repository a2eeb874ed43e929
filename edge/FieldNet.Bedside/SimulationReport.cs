namespace FieldNet.Bedside;

/// <summary>The sender's own account of a simulation.</summary>
/// <remarks>Shape: in snake_case its names are the keys that the contract gives for <c>simulate</c>.</remarks>
public sealed record SimulationReport
{
    public required int Beds { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Messages handed to a socket.</summary>
    public required long Sent { get; init; }

    /// <summary>QoS 1 messages whose PUBACK came with success.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Topics and payloads of what was sent.</summary>
    public required long Bytes { get; init; }

    public required double MessagesPerS { get; init; }

    public required AckTimes PublishToAckMs { get; init; }

    /// <summary>Faults injected.</summary>
    public required int Faults { get; init; }

    /// <summary>QoS 1 messages whose PUBACK came with a reason of failure.</summary>
    public required long Refused { get; init; }

    /// <summary>Messages that went nowhere: no connection, no room in it, or a fault that swallowed them.</summary>
    public required long Dropped { get; init; }

    public required long ConnectionsLost { get; init; }

    /// <summary>From handing over to acknowledgement; null where nothing was acknowledged.</summary>
    public sealed record AckTimes(double? P50, double? P99, double? Max);
}
