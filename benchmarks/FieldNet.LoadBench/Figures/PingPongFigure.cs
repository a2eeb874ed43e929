using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>A walk through three cells and back, and a gateway between two.</summary>
internal sealed class PingPongFigure : IFigure
{
    private const int Begin = 120, End = 160, Seconds = 240;

    public string Name => "handover-ping-pong";

    public Plot Draw()
    {
        var pingPong = new HandoverPingPong();
        List<(double X, double Y)> cells = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            var cell = second is >= Begin and < End ? second / 5 % 2 : second < 100 ? (second < 50 ? second / 20 : 4 - (second / 20)) : 0;
            cells.Add((second, cell));
            if (pingPong.Observe(cell, second * 1_000_000L))
            {
                found.Add((second, cell));
            }
        }

        var plot = new Plot("Handover to and fro: found at the second return; a walk is none", "second").Span(Begin, End, "between two cells");
        plot.Panel("cell", 130).From(-0.5, 2.5).Stairs("serving", Ink.Data, cells).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
