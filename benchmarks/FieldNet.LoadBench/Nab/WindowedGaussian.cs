namespace FieldNet.LoadBench.Nab;

/// <summary>NAB's simplest detector, over the same files: it tells whether the files that are here are easier than all of them.</summary>
/// <remarks>
/// Shape: how far a value is out in the normal distribution of the last 6,400, which move on by 100 at a time.
/// Source: the detector <c>windowedGaussian</c> of numenta/NAB, by its description.
/// </remarks>
internal static class WindowedGaussian
{
    private const int Window = 6_400;
    private const int Step = 100;

    public static double[] Scores(double[] values)
    {
        var scores = new double[values.Length];
        var (first, mean, deviation) = (0, 0.0, 1.0);
        for (var i = 0; i < values.Length; i++)
        {
            scores[i] = i == 0 ? 0 : 1 - UpperTail(Math.Abs(values[i] - mean) / deviation);
            if (i < Window || (i - Window) % Step == Step - 1)
            {
                first = Math.Max(0, i + 1 - Window);
                (mean, deviation) = Moments(values.AsSpan(first, i + 1 - first));
            }
        }

        return scores;
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Max(1e-6, Math.Sqrt(squares / values.Length)));
    }

    /// <summary>P(Z > z) of the normal distribution for z ≥ 0, to 7 digits.</summary>
    /// <remarks>Source: Abramowitz and Stegun 26.2.17.</remarks>
    private static double UpperTail(double z)
    {
        var t = 1 / (1 + (0.2316419 * z));
        var series = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return series * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
    }
}
