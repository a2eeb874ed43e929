using FieldNet.Detection.Series;

namespace FieldNet.LoadBench.Nab;

/// <summary>One detector over all series, each observation judged when it comes.</summary>
internal sealed class NabRun
{
    private readonly IReadOnlyList<NabSeries> _series;
    private readonly double[][] _scores;

    /// <param name="limits">How the detector learns, from how many observations are for learning; that number is all it is told of a series.</param>
    public NabRun(IReadOnlyList<NabSeries> series, Func<int, SeriesLimits> limits)
        : this(series, one => Scores(one, limits(one.Probation)))
    {
    }

    public NabRun(IReadOnlyList<NabSeries> series, Func<NabSeries, double[]> detector)
    {
        _series = series;
        _scores = [.. series.Select(detector)];
    }

    /// <summary>As the agent runs it: an episode is half of the observations that NAB gives for learning.</summary>
    public static SeriesLimits Usual(int probation) => new(episode: probation / 2);

    public double BestThreshold(NabProfile profile, Func<NabSeries, bool>? of = null)
    {
        var chosen = Enumerable.Range(0, _series.Count).Where(i => of is null || of(_series[i])).ToArray();
        return NabScorer.BestThreshold([.. chosen.Select(i => _series[i])], [.. chosen.Select(i => _scores[i])], profile);
    }

    /// <returns>Raw score and number of windows of the chosen series.</returns>
    public (double Raw, int Windows) Score(NabProfile profile, double threshold, Func<NabSeries, bool>? of = null)
    {
        var (raw, windows) = (0.0, 0);
        for (var i = 0; i < _series.Count; i++)
        {
            if (of is null || of(_series[i]))
            {
                raw += NabScorer.Score(_series[i], _scores[i], profile, threshold);
                windows += _series[i].Windows.Length;
            }
        }

        return (raw, windows);
    }

    public double Normalised(NabProfile profile)
    {
        var (raw, windows) = Score(profile, BestThreshold(profile));
        return NabScorer.Normalise(raw, windows, profile);
    }

    private static double[] Scores(NabSeries series, SeriesLimits limits)
    {
        var detector = new SeriesAnomaly();
        var scores = new double[series.Values.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = detector.Observe((series.Times[i] - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, series.Values[i], limits).Score;
        }

        return scores;
    }
}
