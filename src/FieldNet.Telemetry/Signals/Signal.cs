namespace FieldNet.Telemetry.Signals;

/// <summary>One physiological or device signal of IEEE 11073-10101 (MDC), or a sender's private one.</summary>
/// <remarks>
/// Source: the codes seen in public vendor lists (docs/protocol.md); each is checked against its partition and term.
/// Immutable and interned: compare by reference.
/// </remarks>
public sealed record Signal
{
    /// <summary>MDC reference id, such as <c>MDC_ECG_HEART_RATE</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Context-free code (partition × 65536 + term); 0 where only a name is known.</summary>
    public required uint Code { get; init; }

    public required SignalKind Kind { get; init; }

    /// <summary>The usual unit, UCUM; empty for text and enumerations.</summary>
    public required string Unit { get; init; }

    /// <summary>Short English label for a tile.</summary>
    public required string LabelEn { get; init; }

    /// <summary>Short French label for a tile.</summary>
    public required string LabelFr { get; init; }

    /// <summary>False for a private or unknown signal: shown by its id, never interpreted.</summary>
    public required bool IsStandard { get; init; }

    /// <summary>Smallest value that the quantity can have; values below are refused.</summary>
    public double Lowest { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value that the quantity can have; values above are refused.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>Digits after the point on a screen.</summary>
    public int Decimals { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
