namespace FieldNet.Ward.Events;

/// <summary>One line of <c>--events</c>: something that began, changed or ended.</summary>
/// <param name="Number">+1 per event of a log, from 1.</param>
/// <param name="Record">The record whose application produced it; the line may leave the agent once that is committed.</param>
/// <param name="TimeUs">Log time at which it became true: a deadline's own time, not that of the record that fired it.</param>
/// <param name="Kind"><c>alarm link incident signal clock device data</c>.</param>
/// <param name="What">As in the contract, by kind.</param>
/// <param name="Subject"><c>site/ward/bed/device</c>, or a part of it.</param>
/// <param name="Cause">Root cause if known, or empty.</param>
/// <param name="Beds"><c>ward/bed</c> of each bed touched.</param>
/// <param name="Id">Deterministic: the same episode has the same id whenever it is recomputed.</param>
public sealed record WardEvent(
    long Number, long Record, long TimeUs, string Kind, string What, string Subject, string Cause, EventSeverity Severity,
    EventPhase Phase, IReadOnlyList<string> Beds, IReadOnlyList<Evidence> Evidence, string Id);
