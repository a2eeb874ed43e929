namespace FieldNet.Edge.Health;

/// <summary>One figure's range, with hysteresis.</summary>
/// <param name="On">At or above it the figure is out of its range.</param>
/// <param name="Off">Below it the figure is back.</param>
internal readonly record struct HealthLimit(double On, double Off)
{
    public bool IsOut(double? figure, bool wasOut) => figure >= (wasOut ? Off : On);
}
