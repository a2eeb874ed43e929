namespace FieldNet.LoadBench.Reports;

/// <summary>A limit that a figure must keep.</summary>
internal sealed record Target(double Limit, bool IsLeast)
{
    public static Target AtLeast(double limit) => new(limit, IsLeast: true);

    public static Target Below(double limit) => new(limit, IsLeast: false);

    public bool IsMetBy(double value) => IsLeast ? value >= Limit : value < Limit;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsLeast ? "≥" : "<")} {Number.Text(Limit)}";
}
