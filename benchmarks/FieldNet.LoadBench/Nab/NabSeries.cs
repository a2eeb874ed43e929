namespace FieldNet.LoadBench.Nab;

/// <summary>One file of the benchmark: a series and where it is anomalous.</summary>
/// <param name="Name">Category and file, as in the labels.</param>
/// <param name="Times">UTC.</param>
/// <param name="Windows">In order of time.</param>
internal sealed record NabSeries(string Name, DateTime[] Times, double[] Values, NabWindow[] Windows)
{
    public string Category => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Observations at the start that are for learning: nothing counts there.</summary>
    public int Probation => (int)Math.Min(0.15 * Values.Length, 0.15 * 5_000);
}
