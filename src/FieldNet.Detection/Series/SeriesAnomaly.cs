namespace FieldNet.Detection.Series;

/// <summary>How unusual one series has become, by few kinds of evidence that a person can follow.</summary>
/// <remarks>
/// Shape: value against its own tail, value against the time of day, and a lasting shift from the time of day; each normalised by its own recent
/// distribution, so that they are in one unit, and put together as the root of the sum of their squares: strong evidence counts by itself, and pieces of
/// evidence that agree count more. Plain and serialisable; each observation is judged by what came before it alone.
/// Source: <c>docs/detectors/series.md</c>.
/// </remarks>
public sealed class SeriesAnomaly
{
    /// <summary>A CUSUM of normal noise reaches a sum s with a chance of about exp(-2·slack·s).</summary>
    private const double DecadesPerNat = 0.4342944819;

    public ScoreLikelihood High = new();

    public ScoreLikelihood Low = new();

    public ScoreLikelihood HighForTheTime = new();

    public ScoreLikelihood LowForTheTime = new();

    public ScoreLikelihood Shifted = new();

    public DayProfile Profile = new();

    public ShiftDetector Shift = new();

    public RecentPeak Recent = new();

    /// <param name="timeUs">Log time of the observation, UTC microseconds.</param>
    public SeriesVerdict Observe(long timeUs, double value, in SeriesLimits limits)
    {
        if (!double.IsFinite(value))
        {
            return default;
        }

        var tail = limits.Tail;
        var evidence = default(Evidence);
        evidence.Add(SeriesPart.High, High.Observe(value, tail));
        evidence.Add(SeriesPart.Low, Low.Observe(-value, tail));
        if (Profile.Observe(timeUs, value, limits) is { IsKnown: true } departure)
        {
            evidence.Add(SeriesPart.HighForTheTime, HighForTheTime.Observe(departure.Distances, tail));
            evidence.Add(SeriesPart.LowForTheTime, LowForTheTime.Observe(-departure.Distances, tail));
            var sum = Shift.Observe(departure.Off, limits.Shift).Score * limits.Shift.Threshold;
            evidence.Add(SeriesPart.Shift, Shifted.Observe(sum * 2 * limits.Shift.Slack * DecadesPerNat, limits.DecadesTail));
        }

        var decades = Math.Sqrt(evidence.Squares);
        return new SeriesVerdict(decades, Recent.Observe(decades, limits.Episode), evidence.Leading);
    }

    private struct Evidence
    {
        public double Squares;
        public SeriesPart Leading;
        private double _most;

        public void Add(SeriesPart part, double decades)
        {
            Squares += decades * decades;
            if (decades > _most)
            {
                (Leading, _most) = (part, decades);
            }
        }
    }
}
