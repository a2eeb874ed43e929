using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>Five messages a second, held for ten seconds by a link that is away and then all at once.</summary>
internal sealed class BurstFigure : IFigure
{
    private const int PerSecond = 5, Begin = 30, Held = 10, Seconds = 70, PerSecondAfter = 25;

    public string Name => "burst";

    public Plot Draw()
    {
        var burst = default(BurstRun);
        List<(double X, double Y)> came = [], old = [], found = [];
        var (first, next) = (0, 0);
        for (var second = 0; second < Seconds; second++)
        {
            next += PerSecond;
            var deliver = second is >= Begin and < Begin + Held ? 0 : Math.Min(next - first, PerSecondAfter);
            for (var i = 0; i < deliver; i++)
            {
                var ageUs = ((second + 1) * 1_000_000L) - (first++ * 1_000_000L / PerSecond);
                burst.Old += ageUs > BurstRun.OldUs ? 1 : 0;
            }

            came.Add((second, deliver));
            old.Add((second, burst.Old));
            var wasOn = burst.IsOn;
            burst.EndSecond();
            if (burst.IsOn != wasOn)
            {
                found.Add((second, burst.OldBefore));
            }
        }

        var plot = new Plot("Burst: what waited for ten seconds comes in three", "second").Span(Begin, Begin + Held, "held");
        plot.Panel("messages in a second", 170).Stairs("all", Ink.Data, came).Stairs("older than 2 s", Ink.Second, old).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
