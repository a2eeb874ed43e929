namespace FieldNet.Edge.Diffs;

/// <summary>One difference between two event files.</summary>
internal sealed record EventDifference
{
    /// <summary><c>appeared</c>, <c>vanished</c>, <c>moved</c> (in time only) or <c>changed</c>.</summary>
    public required string Difference { get; init; }

    public required string Kind { get; init; }

    public required string What { get; init; }

    public required string Phase { get; init; }

    public required string Subject { get; init; }

    /// <summary>Time in the first file; null when it is not there.</summary>
    public required string? TimeA { get; init; }

    public required string? TimeB { get; init; }

    /// <summary>From the first file to the second; null unless it is in both.</summary>
    public double? MovedMs { get; init; }

    /// <summary>What else they say otherwise.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
