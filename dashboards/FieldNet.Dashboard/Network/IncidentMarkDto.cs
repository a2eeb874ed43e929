namespace FieldNet.Dashboard.Network;

/// <summary>An open incident as every page shows it.</summary>
/// <remarks>As <see cref="IncidentDto"/>, without what only an engineer asks for.</remarks>
public sealed record IncidentMarkDto(string Id, string What, string Cause, string Subject, double SinceMs, IReadOnlyList<string> Beds);
