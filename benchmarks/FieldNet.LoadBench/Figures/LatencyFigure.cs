using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>A path's delay with two excursions of two seconds, and a shift by twice its normal spread.</summary>
internal sealed class LatencyFigure : IFigure
{
    private const int From = 100, Begin = 300, End = 345, Seconds = 400;

    /// <summary>Of <see cref="LevelShift"/>.</summary>
    private const double MostDecision = 20;

    public string Name => "latency";

    public Plot Draw()
    {
        var (noise, level) = (new SeededNoise(4), new LevelShift());
        var link = new LinkSecond(noise);
        List<(double X, double Y)> delays = [], normal = [], sums = [], threshold = [], found = [], foundSum = [];
        for (var second = 0; second < Seconds; second++)
        {
            var extra = second is >= Begin and < End ? 2 * LinkSecond.SpreadMs : second is 160 or 161 or 220 or 221 ? 15 : 0;
            var wasOn = level.IsOn;
            level.Observe(link.Next(second, () => extra).DelayMs, Math.Max(1.65 * LinkSecond.SpreadMs, 1.2 * level.Scale));
            if (second < From)
            {
                continue;
            }

            delays.Add((second, level.Recent[0]));
            normal.Add((second, level.Normal));
            sums.Add((second, level.Sum));
            threshold.Add((second, Math.Clamp(level.Habit.SumToBeat, level.Decision, MostDecision)));
            if (level.IsOn != wasOn)
            {
                found.Add((second, level.Recent[0]));
                foundSum.Add((second, level.Sum));
            }
        }

        var plot = new Plot("Latency: a shift by twice the normal spread; two seconds are none", "second").Span(Begin, End, "slower by 6.2 ms");
        plot.Panel("delay, ms", 150).Line("median of a second", Ink.Data, delays).Line("normal", Ink.Baseline, normal).Rings("found, over", Ink.Alarm, found);
        plot.Panel("evidence", 130).Line("sum", Ink.Second, sums).Line("decision", Ink.Threshold, threshold).Rings("found, over", Ink.Alarm, foundSum);
        return plot;
    }
}
