namespace FieldNet.Edge.Reports;

/// <summary>What <c>cut</c> reports (docs/protocol.md).</summary>
internal sealed record CutReport
{
    public required long Records { get; init; }

    /// <summary>Log time of the first record, ISO 8601; null when there is none.</summary>
    public required string? First { get; init; }

    public required string? Last { get; init; }

    public required bool Pseudonyms { get; init; }
}
