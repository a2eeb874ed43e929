namespace FieldNet.LoadBench.Scenarios;

/// <summary>How long each part takes.</summary>
/// <param name="Flood">One flood; there are two of each kind, the first to warm up.</param>
/// <param name="Paced">One measurement at a fixed rate.</param>
internal sealed record BenchTimes(TimeSpan Flood, TimeSpan Paced)
{
    public static readonly BenchTimes Quick = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(5));

    public static readonly BenchTimes Full = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
}
