using System.Text.Json.Serialization;

namespace FieldNet.Edge.Reports;

/// <summary>What <c>replay</c> reports (docs/protocol.md).</summary>
internal sealed record ReplayReport
{
    public required long Records { get; init; }

    public required double DataS { get; init; }

    public required double WallS { get; init; }

    public required double TimesRealTime { get; init; }

    public required IReadOnlyDictionary<string, long> Events { get; init; }

    [JsonPropertyName("events_sha256")]
    public required string EventsSha256 { get; init; }

    /// <summary>Records that made the processor throw and were left out.</summary>
    public required int Quarantined { get; init; }

    /// <summary>One sentence each on what of the capture could not be read or used.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Messages published with <c>--to</c>; null without. So the next two.</summary>
    public long? Published { get; init; }

    /// <summary>Messages that can't be marked as replayed.</summary>
    public long? LeftOut { get; init; }

    /// <summary>Messages that the broker answered with a failure.</summary>
    public long? Refused { get; init; }
}
