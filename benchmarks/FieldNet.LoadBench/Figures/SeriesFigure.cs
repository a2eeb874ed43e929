using FieldNet.Detection.Series;

namespace FieldNet.LoadBench.Figures;

/// <summary>A load with a day's rhythm, and three things that are not as usual: of each kind of evidence one.</summary>
internal sealed class SeriesFigure : IFigure
{
    private const int Day = 288;
    private const int From = 9 * Day;
    private const int Days = 14;
    private const double MostDecades = 15;
    private const int Spike = (13 * Day) + 60;
    private const int Misplaced = (9 * Day) + 130;
    private const int ShiftBegin = (11 * Day) + 60;
    private const int ShiftEnd = (11 * Day) + 180;

    public string Name => "series";

    public Plot Draw()
    {
        var (series, noise, limits) = (new SeriesAnomaly(), new SeededNoise(3), new SeriesLimits(episode: Day));
        List<(double X, double Y)> values = [], decades = [], found = [];
        for (var i = 0; i < Days * Day; i++)
        {
            var value = 60 - (25 * Math.Cos(2 * Math.PI * i / Day)) + (3 * noise.Normal());
            value += i == Spike ? 45 : i is >= ShiftBegin and < ShiftEnd ? 9 : 0;
            value = i is >= Misplaced and < Misplaced + 6 ? 36 : value;
            var verdict = series.Observe(i * 300_000_000L, value, limits);
            if (i < From)
            {
                continue;
            }

            var day = (double)i / Day;
            values.Add((day, value));
            decades.Add((day, Math.Min(MostDecades, verdict.Decades)));
            if (verdict is { IsNew: true, Decades: > 4.5 })
            {
                found.Add((day, Math.Min(MostDecades, verdict.Decades)));
            }
        }

        var plot = new Plot("A load over the day: a night's value at noon, a shift, a spike", "day")
            .Span((double)Spike / Day, (Spike + 1.0) / Day, "spike")
            .Span((double)Misplaced / Day, (Misplaced + 6.0) / Day, "wrong time")
            .Span((double)ShiftBegin / Day, (double)ShiftEnd / Day, "shifted");
        plot.Panel("value", 170).Line("value", Ink.Data, values);
        plot.Panel("decades, cut at 15", 130)
            .Line("all evidence", Ink.Second, decades)
            .Level("4.5", Ink.Threshold, 4.5)
            .Rings("news", Ink.Alarm, found);
        return plot;
    }
}
