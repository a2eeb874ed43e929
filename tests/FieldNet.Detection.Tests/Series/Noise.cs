namespace FieldNet.Detection.Tests.Series;

/// <summary>Seeded random series.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);
    private double _previous;

    public double Uniform() => _random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public double Exponential() => -Math.Log(1 - _random.NextDouble());

    /// <summary>Skewed, with a heavy tail, as delays are.</summary>
    public double LogNormal() => Math.Exp(0.6 * Normal());

    /// <summary>Variance 1, each value correlated with the one before.</summary>
    public double Correlated(double correlation) =>
        _previous = (correlation * _previous) + (Math.Sqrt(1 - (correlation * correlation)) * Normal());
}
