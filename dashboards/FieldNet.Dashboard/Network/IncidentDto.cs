namespace FieldNet.Dashboard.Network;

/// <summary>One fault, named at its root.</summary>
/// <param name="Cause"><c>sensor device gateway cell slice core backhaul agent clock</c>.</param>
/// <param name="EndMs">Null while it lasts.</param>
/// <param name="Beds"><c>ward/bed</c> of each bed touched.</param>
/// <param name="Children">How many findings it explains.</param>
/// <param name="Evidence">As in its event.</param>
public sealed record IncidentDto(
    string Id, string What, string Cause, string Subject, string Severity, double SinceMs, double? EndMs, IReadOnlyList<string> Beds, int Children,
    IReadOnlyDictionary<string, object?> Evidence);
