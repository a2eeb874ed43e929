namespace FieldNet.LoadBench.Scenarios;

/// <summary>How long each part takes.</summary>
/// <param name="WarmUp">Before a flood is measured: the agent's code is compiled better as it gets hot.</param>
/// <param name="Flood">One flood.</param>
/// <param name="Paced">One measurement at a fixed rate.</param>
internal sealed record BenchTimes(TimeSpan WarmUp, TimeSpan Flood, TimeSpan Paced)
{
    public static readonly BenchTimes Quick = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));

    public static readonly BenchTimes Full = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
}
