using FieldNet.Detection.Links;
using FieldNet.Detection.Streams;

namespace FieldNet.LoadBench.Figures;

/// <summary>Five messages a second: one lost by itself, a pause that takes ten, and half a minute of 8 % loss.</summary>
internal sealed class LossFigure : IFigure
{
    private const int PerSecond = 5, Begin = 120, End = 150, Seconds = 220;

    public string Name => "loss";

    public Plot Draw()
    {
        var (noise, run, window) = (new SeededNoise(3), default(LossRun), new LossWindow());
        List<(double X, double Y)> sums = [], ratios = [], found = [];
        var missing = 0;
        for (var message = 0; message < Seconds * PerSecond; message++)
        {
            var second = message / (double)PerSecond;
            if (message is 150 or >= 350 and < 360 || (second is >= Begin and < End && noise.Uniform() < 0.08))
            {
                missing++;
                continue;
            }

            var wasOn = run.IsOn;
            run.Observe(missing);
            window.Add((long)(second * 1e6), 1, missing);
            if (window.LostTotal == 0)
            {
                run.Clear();
            }

            missing = 0;
            sums.Add((second, run.Sum));
            ratios.Add((second, 100 * window.Ratio!.Value));
            if (run.IsOn != wasOn)
            {
                found.Add((second, run.Sum));
            }
        }

        var plot = new Plot("Loss: one message, ten in one go, and 8 % for half a minute", "second").Span(Begin, End, "8 % lost");
        plot.Panel("evidence", 150).Line("sum", Ink.Data, sums).Level("decision", Ink.Threshold, LossRun.On).Rings("found, over", Ink.Alarm, found);
        plot.Panel("lost in 10 s, %", 110).Line("share", Ink.Second, ratios);
        return plot;
    }
}
