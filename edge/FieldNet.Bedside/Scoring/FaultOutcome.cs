namespace FieldNet.Bedside.Scoring;

/// <summary>How one fault came off: what of it was found, and what was said of it.</summary>
/// <param name="Fault">Its number in the labels; below 0 for a line that names none.</param>
/// <param name="Missed">Its lines that nothing matched, without the optional ones.</param>
/// <param name="IsFound">Any line of it, not an optional one, was matched.</param>
/// <param name="IsRootRight">The first incident about it has its cause.</param>
/// <param name="Incidents">Those that match it, or touch its beds while it lasts and match nothing else.</param>
/// <param name="DelayS">From its start to the first match; null if none.</param>
public sealed record FaultOutcome(
    long Fault, IReadOnlyList<Label> Lines, IReadOnlyList<Label> Missed, bool IsFound, bool IsRootRight, IReadOnlyList<ScoredEvent> Incidents, double? DelayS);
