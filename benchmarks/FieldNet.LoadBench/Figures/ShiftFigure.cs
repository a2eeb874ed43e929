using FieldNet.Detection.Series;

namespace FieldNet.LoadBench.Figures;

/// <summary>A shift of one and a half deviations on a correlated series with spikes, and its end.</summary>
internal sealed class ShiftFigure : IFigure
{
    private const int Begin = 1_500;
    private const int End = 1_620;
    private const int From = 1_300;
    private const int Observations = 1_800;

    public string Name => "shift";

    public Plot Draw()
    {
        var (detector, noise, limits) = (new ShiftDetector(), new SeededNoise(5), new ShiftLimits(runLength: 100_000));
        List<(double X, double Y)> values = [], medians = [], up = [], down = [], found = [];
        var correlated = 0.0;
        for (var i = 0; i < Observations; i++)
        {
            correlated = (0.4 * correlated) + (Math.Sqrt(1 - 0.16) * noise.Normal());
            var value = 20 + (2 * correlated) + (i is >= Begin and < End ? 4 : 0) + (i % 97 == 0 ? 12 : 0);
            var verdict = detector.Observe(value, limits);
            if (i < From)
            {
                continue;
            }

            values.Add((i, value));
            medians.Add((i, detector.Baseline.Median));
            up.Add((i, detector.Up));
            down.Add((i, detector.Down));
            if (verdict.Changed)
            {
                found.Add((i, verdict.Direction > 0 ? limits.Threshold : limits.Threshold / 2));
            }
        }

        var plot = new Plot("A shift by two deviations, found and over, on a correlated series with spikes", "observation").Span(Begin, End, "shifted");
        plot.Panel("value", 150).Line("value", Ink.Data, values).Line("running median", Ink.Baseline, medians);
        plot.Panel("evidence", 150)
            .Line("up", Ink.Second, up)
            .Line("down", Ink.Data, down)
            .Level("threshold (run length 100,000)", Ink.Threshold, limits.Threshold)
            .Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
