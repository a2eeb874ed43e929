using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>A cell change that passes through "searching", a lost registration, and one that only the core sees.</summary>
internal sealed class UnregisteredFigure : IFigure
{
    private const int Change = 30, Begin = 60, End = 90, Forgotten = 120, Back = 150, Seconds = 180;

    public string Name => "unregistered";

    public Plot Draw()
    {
        var (registration, found) = (default(Registration), new List<(double X, double Y)>());
        List<(double X, double Y)> says = [], known = [];
        for (var second = 0; second < Seconds; second++)
        {
            var isOut = second == Change || second is >= Begin and < End;
            var isKnown = second is < Forgotten or >= Back;
            var changed = registration.ObserveOwn(isOut ? (byte)1 : (byte)4, second * 1_000_000L);
            changed |= second % 2 == 0 && registration.ObserveCore(isKnown, second * 1_000_000L);
            says.Add((second, isOut ? 0 : 1));
            known.Add((second, isKnown ? 2.5 : 1.5));
            if (changed)
            {
                found.Add((second, 1.25));
            }
        }

        var plot = new Plot("Not registered: said by the gateway, or missing in the core's list twice", "second")
            .Span(Begin, End, "searching").Span(Forgotten, Back, "not in the AMF's list");
        plot.Panel("registered (high) or not", 130).From(-0.3, 2.8).Stairs("gateway says", Ink.Data, says).Stairs("AMF has it", Ink.Second, known).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
