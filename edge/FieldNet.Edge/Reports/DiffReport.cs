using FieldNet.Edge.Diffs;

namespace FieldNet.Edge.Reports;

/// <summary>What <c>diff</c> reports (docs/protocol.md).</summary>
internal sealed record DiffReport
{
    public required int EventsA { get; init; }

    public required int EventsB { get; init; }

    public required bool Equal { get; init; }

    /// <summary>By kind; so the next three.</summary>
    public required IReadOnlyDictionary<string, int> Appeared { get; init; }

    public required IReadOnlyDictionary<string, int> Vanished { get; init; }

    public required IReadOnlyDictionary<string, int> Moved { get; init; }

    public required IReadOnlyDictionary<string, int> Changed { get; init; }

    public required IReadOnlyList<EventDifference> Differences { get; init; }
}
