using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>Two silences far apart, then a link that goes down for four seconds each twelve.</summary>
internal sealed class FlappingFigure : IFigure
{
    private const int Begin = 200, End = 260, Seconds = 330, CountsAfter = 2;

    public string Name => "flapping";

    public Plot Draw()
    {
        var flaps = default(FlapCount);
        List<(double X, double Y)> link = [], found = [];
        var downSeconds = 0;
        for (var second = 0; second < Seconds; second++)
        {
            var isDown = second is >= 40 and < 46 or >= 120 and < 128 || (second is >= Begin and < End && (second - Begin) % 12 < 4);
            var wasOn = flaps.IsOn;
            downSeconds = isDown ? downSeconds + 1 : 0;
            if (downSeconds == CountsAfter)
            {
                flaps.Down(second * 1_000_000L);
            }

            flaps.EndSecond(second * 1_000_000L);
            link.Add((second, isDown ? 0 : 1));
            if (flaps.IsOn != wasOn)
            {
                found.Add((second, isDown ? 0 : 1));
            }
        }

        var plot = new Plot("Flapping: the third down within a minute; half a minute without ends it", "second").Span(Begin, End, "down for 4 s in 12");
        plot.Panel("heard", 110).From(-0.2, 1.2).Stairs("link", Ink.Data, link).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
