using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>A path's jitter, and half a minute in which each message waits by another time.</summary>
internal sealed class JitterFigure : IFigure
{
    private const int From = 60, Begin = 150, End = 190, Seconds = 240;

    public string Name => "jitter";

    public Plot Draw()
    {
        var (noise, level) = (new SeededNoise(6), new LevelShift { LearntAfter = 40, Decision = 11 });
        var link = new LinkSecond(noise);
        List<(double X, double Y)> delays = [], jitter = [], normal = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            var isShaken = second is >= Begin and < End;
            var wasOn = level.IsOn;
            var (delayMs, differenceMs) = link.Next(second, () => isShaken ? 20 * noise.Uniform() : 0);
            level.Observe(differenceMs, Math.Max(Math.Max(2, 1.2 * LinkSecond.SpreadMs), 1.5 * level.Scale));
            if (second < From)
            {
                continue;
            }

            delays.Add((second, delayMs));
            jitter.Add((second, differenceMs));
            normal.Add((second, level.Normal));
            if (level.IsOn != wasOn)
            {
                found.Add((second, differenceMs));
            }
        }

        var plot = new Plot("Jitter: each message waits by 0 to 20 ms more", "second").Span(Begin, End, "shaken");
        plot.Panel("delay, ms", 110).Line("median of a second", Ink.Data, delays);
        plot.Panel("jitter, ms", 150).Line("median difference", Ink.Data, jitter).Line("normal", Ink.Baseline, normal).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
