using System.Text.Json.Serialization;

namespace FieldNet.Edge.Reports;

/// <summary>What <c>demo</c> and <c>serve</c> report as they stop (docs/protocol.md).</summary>
internal sealed record AgentReport
{
    /// <summary>Beds that were live during the run.</summary>
    public required int BedsLive { get; init; }

    /// <summary>Beds live at the moment of stopping.</summary>
    public required int BedsLiveAtEnd { get; init; }

    public required long Messages { get; init; }

    public required long Samples { get; init; }

    /// <summary>By the sender's own count for <c>demo</c>; PUBACKs sent for <c>serve</c>.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Acknowledged to the sender but not in the log; null where the sender is not ours to ask.</summary>
    public required long? AcknowledgedLost { get; init; }

    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    public required IReadOnlyDictionary<string, long> Events { get; init; }

    [JsonPropertyName("events_sha256")]
    public required string EventsSha256 { get; init; }

    public required Milliseconds PublishToStreamMs { get; init; }

    [JsonPropertyName("first_live_bed_s")]
    public required double? FirstLiveBedS { get; init; }

    /// <summary>Processor time of the agent's process over its wall time.</summary>
    public required double CpuCoreShare { get; init; }

    public required double RssMb { get; init; }

    public required string Data { get; init; }
}
