using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>Headroom alone that ends is no finding; with failed blocks it is.</summary>
internal sealed class UplinkLimitedFigure : IFigure
{
    private const int Busy = 60, Begin = 120, End = 180, Seconds = 240;

    public string Name => "uplink-limited";

    public Plot Draw()
    {
        var (noise, limit) = (new SeededNoise(4), default(UplinkLimit));
        List<(double X, double Y)> headroom = [], errors = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            var isBusy = second is >= Busy and < Busy + 20;
            var isFaint = second is >= Begin and < End;
            var db = Math.Round((isBusy || isFaint ? -2 : 18) + (2 * noise.Normal()));
            var share = Math.Max(0, (isFaint ? 0.34 : 0.03) + (0.04 * noise.Normal()));
            headroom.Add((second, db));
            errors.Add((second, share));
            if (limit.Observe(db, isFaint ? 2 : 20, share, second * 1_000_000L))
            {
                found.Add((second, db));
            }
        }

        var plot = new Plot("Limited uplink: no headroom left, and many failed blocks besides", "second")
            .Span(Busy, Busy + 20, "sends much").Span(Begin, End, "hardly heard");
        plot.Panel("power headroom, dB", 130).Line("reported", Ink.Data, headroom).Level("none left", Ink.Threshold, UplinkLimit.NoHeadroomDb).Rings("found, over", Ink.Alarm, found);
        plot.Panel("failed uplink blocks", 110).Line("share", Ink.Second, errors).Level("high", Ink.Threshold, UplinkLimit.HighBlockErrors);
        return plot;
    }
}
