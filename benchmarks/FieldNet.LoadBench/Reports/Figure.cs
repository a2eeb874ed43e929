namespace FieldNet.LoadBench.Reports;

/// <summary>One number of the report.</summary>
/// <param name="Name">Key in the JSON; ends in the unit.</param>
/// <param name="Target">What it has to be; null for a number that is only told.</param>
internal sealed record Figure(string Name, double Value, Target? Target = null)
{
    public bool IsMissed => Target is { } target && !target.IsMetBy(Value);
}
