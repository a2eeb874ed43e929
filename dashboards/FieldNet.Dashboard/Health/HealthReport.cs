namespace FieldNet.Dashboard.Health;

/// <summary>Answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>healthy</c> (HTTP 200) or <c>unhealthy</c> (503).</param>
public sealed record HealthReport(string Status, IReadOnlyList<HealthCheck> Checks)
{
    internal static HealthReport Of(IEnumerable<IHealthSource> sources)
    {
        HealthCheck[] checks = [.. sources.Select(source => new HealthCheck(source.Name, source.Reasons))];
        return new HealthReport(checks.All(check => check.Reasons.Count == 0) ? "healthy" : "unhealthy", checks);
    }

    internal bool IsHealthy => Status == "healthy";
}
