using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>A gateway's reference signal with shadowing, and a minute behind a lead door.</summary>
internal sealed class RadioWeakFigure : IFigure
{
    private const int Begin = 240, End = 300, Seconds = 420;

    public string Name => "radio-weak";

    public Plot Draw()
    {
        var (noise, weak) = (new SeededNoise(3), default(RadioWeakness));
        List<(double X, double Y)> rsrp = [], usual = [], found = [];
        var shadow = 0.0;
        for (var second = 0; second < Seconds; second++)
        {
            shadow = (0.98 * shadow) + (0.4 * noise.Normal());
            var value = Math.Round(-86 + shadow + noise.Normal() - (22 * Math.Clamp(Math.Min(second - Begin, End + 4 - second) / 4.0, 0, 1)));
            var changed = weak.Observe(value, null, null, second * 1_000_000L);
            rsrp.Add((second, value));
            usual.Add((second, weak.Rsrp.IsKnown ? weak.Rsrp.Mean : double.NaN));
            if (changed)
            {
                found.Add((second, value));
            }
        }

        var plot = new Plot("Weak radio: a fall of 22 dB below what is usual, found and over", "second").Span(Begin, End, "shielded");
        plot.Panel("RSRP, dBm", 200).Line("reported", Ink.Data, rsrp).Line("usual", Ink.Baseline, usual)
            .Level("weak anywhere", Ink.Threshold, RadioWeakness.WeakRsrpDbm).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
