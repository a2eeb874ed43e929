namespace FieldNet.Detection.Series;

/// <summary>Where the values of a series usually lie: its median, and how far one deviation reaches to either side.</summary>
/// <remarks>
/// Shape: three running quantiles (15.9, 50 and 84.1 %), plain and serialisable; the first values are sorted, later ones move each quantile
/// by a step that does not depend on how far off they are. So no outlier, however large, moves it more than any other value does,
/// and a skewed series has two different deviations. If nothing fits for long, it learns anew. A value that is not a number is left out.
/// Source: Robbins and Monro 1951, with the step held above a least gain to follow drift.
/// </remarks>
public struct RobustBaseline
{
    /// <summary>Values that it takes before it is known.</summary>
    public const int FirstValues = 32;

    private const double LowShare = 0.1587;
    private const double HighShare = 0.8413;

    /// <summary>About 1/f at these quantiles of a normal distribution: the step with which a running quantile converges fastest.</summary>
    private const double FirstGain = 3;

    /// <summary>A deviation of a normal series is 1.5 times its median distance; of a skewed one, to its long side, up to 3 times.</summary>
    private const double MostOfMedianDistance = 10;

    /// <summary>Deviations from which a value does not fit.</summary>
    private const double Misfit = 8;

    /// <summary>So many values in a row that do not fit are a new series, not a disturbance.</summary>
    private const int MostMisfits = 250;

    public long Count;

    public double Low;

    public double Median;

    public double High;

    /// <summary>The first values, until there are enough of them; null from then on.</summary>
    public double[]? First;

    /// <summary>Values in a row that did not fit.</summary>
    public int Misfits;

    public readonly bool IsKnown => Count >= FirstValues;

    /// <summary>How many deviations the value is above (positive) or below the median; 0 while unknown.</summary>
    /// <param name="leastSpread">The least deviation, in the value's unit: what a series that stands still may do unnoticed.</param>
    public readonly double Standardise(double value, double leastSpread) =>
        IsKnown ? (value - Median) / (value >= Median ? Math.Max(High - Median, leastSpread) : Math.Max(Median - Low, leastSpread)) : 0;

    /// <param name="gain">Least share of a deviation that one value can move the median by, times two: 0.01 forgets as a window of 250 values does.</param>
    public void Observe(double value, double gain, double leastSpread)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (Count < FirstValues)
        {
            Learn(value);
            return;
        }

        Misfits = Math.Abs(Standardise(value, leastSpread)) > Misfit ? Misfits + 1 : 0;
        if (Misfits == MostMisfits)
        {
            this = default;
            return;
        }

        Count++;
        var step = Math.Max((High - Low) / 2, leastSpread) * Math.Max(gain, FirstGain / Count);
        Median += step * (0.5 - ShareBelow(value, Median));
        Low = Math.Min(Median, Low + (step * (LowShare - ShareBelow(value, Low))));
        High = Math.Max(Median, High + (step * (HighShare - ShareBelow(value, High))));
    }

    // A value that stands on the quantile is half below it: a series of few different values then keeps its median.
    private static double ShareBelow(double value, double quantile) => value < quantile ? 1 : value > quantile ? 0 : 0.5;

    // Six absurd values among the first 32 would make a deviation absurd for good; the median distance bears with fifteen.
    private void Narrow()
    {
        for (var i = 0; i < FirstValues; i++)
        {
            First![i] = Math.Abs(First[i] - Median);
        }

        Array.Sort(First!);
        var most = MostOfMedianDistance * First![FirstValues / 2];
        if (most > 0)
        {
            (Low, High) = (Math.Max(Low, Median - most), Math.Min(High, Median + most));
        }
    }

    private void Learn(double value)
    {
        First ??= new double[FirstValues];
        First[Count++] = value;
        if (Count == FirstValues)
        {
            Array.Sort(First);
            Low = First[(int)(LowShare * FirstValues)];
            Median = (First[(FirstValues / 2) - 1] + First[FirstValues / 2]) / 2;
            High = First[(int)(HighShare * FirstValues)];
            Narrow();
            First = null;
        }
    }
}
