namespace FieldNet.Dashboard.Health;

/// <param name="Reasons">Empty when well.</param>
public sealed record HealthCheck(string Name, IReadOnlyList<string> Reasons);
