using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>A full cell where nobody waits, and one where everybody does.</summary>
internal sealed class CongestionFigure : IFigure
{
    private const int Full = 80, Begin = 180, End = 240, Seconds = 300;

    public string Name => "congestion";

    public Plot Draw()
    {
        var (noise, congestion) = (new SeededNoise(6), default(Congestion));
        List<(double X, double Y)> shares = [], grants = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            var isFull = second is >= Full and < Full + 40 or >= Begin and < End;
            var isWaiting = second is >= Begin and < End;
            var share = Math.Clamp((isFull ? 0.96 : 0.35) + (0.02 * noise.Normal()), 0, 1);
            var grant = Math.Max(1, (isWaiting ? 70 : 6) * (1 + (0.25 * noise.Normal())));
            shares.Add((second, share));
            grants.Add((second, grant));
            if (congestion.Observe(share, grant, null, second * 1_000_000L))
            {
                found.Add((second, grant));
            }
        }

        var plot = new Plot("Congestion: full, and somebody waits; a full cell alone is well used", "second")
            .Span(Full, Full + 40, "full, nobody waits").Span(Begin, End, "full, all wait");
        plot.Panel("resource blocks in use", 110).From(0, 1.3).Line("share", Ink.Second, shares).Level("full", Ink.Threshold, Congestion.FullShare);
        plot.Panel("request to grant, ms", 130).Line("median of terminals", Ink.Data, grants).Level("late", Ink.Threshold, Congestion.LateGrantMs).Rings("found, over", Ink.Alarm, found);
        return plot;
    }
}
