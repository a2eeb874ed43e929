using FieldNet.Detection.Series;

namespace FieldNet.LoadBench.Figures;

/// <summary>Delay spikes over a daily drift of the floor, found at a risk of one in 10,000.</summary>
internal sealed class SpikeFigure : IFigure
{
    private const int Observations = 4_000;

    public string Name => "spike";

    public Plot Draw()
    {
        var (detector, noise, limits) = (new SpikeDetector(), new SeededNoise(11), new SpikeLimits(1e-4));
        List<(double X, double Y)> values = [], thresholds = [], medians = [], found = [], surprises = [];
        for (var i = 0; i < Observations; i++)
        {
            var isSpike = i > 2_000 && i % 330 == 0;
            var value = noise.DelayMs() + (8 * Math.Sin(i / 600.0)) + (isSpike ? 60 : 0);
            var verdict = detector.Observe(value, limits);
            values.Add((i, value));
            surprises.Add((i, verdict.Surprise));
            if (verdict.Threshold > 0)
            {
                thresholds.Add((i, verdict.Threshold));
                medians.Add((i, verdict.Expected));
            }

            if (verdict.IsSpike)
            {
                found.Add((i, value));
            }
        }

        var plot = new Plot("Spikes of 60 ms on a delay that drifts and has a heavy tail of its own", "observation");
        plot.Panel("delay, ms", 220)
            .Dots("delay", Ink.Data, values)
            .Line("running median", Ink.Baseline, medians)
            .Line("threshold (risk 1 in 10,000)", Ink.Threshold, thresholds)
            .Rings("found", Ink.Alarm, found);
        plot.Panel("surprise, decades", 90)
            .Line("", Ink.Second, surprises)
            .Level("risk", Ink.Threshold, 4);
        return plot;
    }
}
