namespace FieldNet.LoadBench.Figures;

/// <summary>Random values that are the same in each run.</summary>
internal sealed class SeededNoise(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform() => _random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>A round trip over 5G, milliseconds: skewed, with a heavy tail.</summary>
    public double DelayMs() => 12 + (6 * Math.Exp(0.5 * Normal()));
}
