using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>Seconds with reordering: one burst of many, and then a path that does it each few seconds.</summary>
internal sealed class RareEventFigure : IFigure
{
    private const int Begin = 90, End = 130, Seconds = 200;

    public string Name => "reordering-and-duplicates";

    public Plot Draw()
    {
        var (noise, run) = (new SeededNoise(8), default(RareEventRun));
        List<(double X, double Y)> events = [], sums = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            var wasOn = run.IsOn;
            run.Events = second == 30 ? 25 : second is >= Begin and < End && noise.Uniform() < 0.4 ? 1 : 0;
            events.Add((second, run.Events > 0 ? 1 : double.NaN));
            run.EndSecond();
            sums.Add((second, run.Sum));
            if (run.IsOn != wasOn)
            {
                found.Add((second, run.Sum));
            }
        }

        var plot = new Plot("Reordering: 25 messages in one second are none, two or three seconds of few are", "second").Span(Begin, End, "two seconds of five");
        plot.Panel("evidence", 180).From(0, 17).Line("sum", Ink.Data, sums).Dots("a second with some", Ink.Second, events).Level("decision", Ink.Threshold, RareEventRun.On)
            .Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
