namespace FieldNet.LoadBench.Nab;

/// <summary>Scores a detector by the rules of the Numenta Anomaly Benchmark.</summary>
/// <remarks>
/// Shape: each observation at or above the threshold is a detection. Of a window the earliest counts, worth its weight at the window's start and
/// falling off along a sigmoid to nothing at its end; a detection outside costs its weight, less just behind a window; a window without one costs its weight.
/// One threshold holds for all series: the one with the best score of all.
/// Source: Lavin and Ahmad 2015, Evaluating Real-Time Anomaly Detection Algorithms; numenta/NAB 1.1, nab/sweeper.py for the details that the paper leaves open.
/// </remarks>
internal static class NabScorer
{
    /// <summary>Above any score of a detector: no detection at all.</summary>
    public const double NoDetection = 1.1;

    private const int Outside = -1;
    private const double FarPastWindow = 3;

    /// <returns>The threshold with the best score over all series.</returns>
    public static double BestThreshold(IReadOnlyList<NabSeries> series, IReadOnlyList<double[]> scores, NabProfile profile)
    {
        var points = series.SelectMany((one, index) => Points(one, scores[index], profile, index)).OrderByDescending(point => point.Score).ToArray();
        var best = series.Select(one => new double[one.Windows.Length]).ToArray();
        var total = -profile.MissWeight * points.Where(point => point.Window != Outside).Select(point => (point.Series, point.Window)).Distinct().Count();
        var (bestTotal, bestThreshold) = (total, NoDetection);
        for (var i = 0; i < points.Length; i++)
        {
            total += Gain(points[i], best[points[i].Series], profile);
            if (total > bestTotal && (i + 1 == points.Length || points[i + 1].Score < points[i].Score))
            {
                (bestTotal, bestThreshold) = (total, points[i].Score);
            }
        }

        return bestThreshold;
    }

    /// <returns>The raw score of one series.</returns>
    public static double Score(NabSeries series, double[] scores, NabProfile profile, double threshold)
    {
        var points = Points(series, scores, profile, 0).ToArray();
        var best = new double[series.Windows.Length];
        return points.Where(point => point.Score >= threshold).Sum(point => Gain(point, best, profile))
            - (profile.MissWeight * points.Where(point => point.Window != Outside).Select(point => point.Window).Distinct().Count());
    }

    /// <returns>0 for a detector that finds nothing, 100 for one that finds each window at its start and nothing else.</returns>
    public static double Normalise(double raw, int windows, NabProfile profile)
    {
        var (none, perfect) = (-profile.MissWeight * windows, profile.HitWeight * windows);
        return 100 * (raw - none) / (perfect - none);
    }

    /// <summary>1 far before the end of a window, 0 at its end, -1 far behind it.</summary>
    /// <param name="position">In window lengths from the window's end; negative inside.</param>
    public static double ScaledSigmoid(double position) => position >= FarPastWindow ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;

    private static double Gain(in Point point, double[] best, NabProfile profile)
    {
        if (point.Window == Outside)
        {
            return point.Worth;
        }

        // A window starts as missed; best keeps what its earliest detection so far is worth on top of that.
        var gain = Math.Max(0, profile.MissWeight + point.Worth - best[point.Window]);
        best[point.Window] += gain;
        return gain;
    }

    private static IEnumerable<Point> Points(NabSeries series, double[] scores, NabProfile profile, int index)
    {
        var next = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            while (next < series.Windows.Length && series.Windows[next].Last < i)
            {
                next++;
            }

            if (i < series.Probation)
            {
                continue;
            }

            if (next < series.Windows.Length && series.Windows[next] is var window && window.First <= i)
            {
                var position = -(window.Last - i + 1) / (double)window.Length;
                yield return new Point(scores[i], index, next, profile.HitWeight * ScaledSigmoid(position) / ScaledSigmoid(-1));
            }
            else
            {
                var position = next == 0 ? FarPastWindow : (i - series.Windows[next - 1].Last) / (double)(series.Windows[next - 1].Length - 1);
                yield return new Point(scores[i], index, Outside, profile.FalseWeight * ScaledSigmoid(position));
            }
        }
    }

    /// <param name="Worth">What a detection here is worth; negative outside a window.</param>
    private readonly record struct Point(double Score, int Series, int Window, double Worth);
}
