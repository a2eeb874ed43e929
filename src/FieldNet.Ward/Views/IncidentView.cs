using FieldNet.Ward.Events;

namespace FieldNet.Ward.Views;

/// <summary>One fault, named at its root.</summary>
/// <param name="Cause"><c>sensor device gateway cell slice core backhaul agent clock</c>.</param>
/// <param name="EndUs">Log time; null while it lasts.</param>
/// <param name="Beds"><c>ward/bed</c> of each bed touched.</param>
/// <param name="Children">How many findings it explains.</param>
/// <param name="Evidence">As in its event.</param>
public sealed record IncidentView(
    string Id, string What, string Cause, string Subject, EventSeverity Severity, long OnsetUs, long? EndUs, IReadOnlyList<string> Beds, int Children,
    IReadOnlyList<Evidence> Evidence);
