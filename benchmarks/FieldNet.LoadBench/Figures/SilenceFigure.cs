using FieldNet.Detection.Links;

namespace FieldNet.LoadBench.Figures;

/// <summary>A stream of one message a second over a path with a heavy tail, and a silence of six seconds.</summary>
internal sealed class SilenceFigure : IFigure
{
    private const long PeriodUs = 1_000_000, CeilingUs = 3_000_000;
    private const int Messages = 180, Begin = 160, Silent = 6;

    public string Name => "silence";

    public Plot Draw()
    {
        var (noise, limit) = (new SeededNoise(11), default(SilenceLimit));
        List<(double X, double Y)> ages = [], limits = [], silence = [], found = [];
        var last = 0L;
        for (var message = 1; message <= Messages; message++)
        {
            if (message is > Begin and <= Begin + Silent)
            {
                continue;
            }

            var came = (message * PeriodUs) + (long)(1000 * noise.DelayMs()) + (noise.Uniform() < 0.03 ? (long)(400_000 * noise.Uniform()) : 0);
            var age = came - last;
            var allowed = limit.Of(PeriodUs, CeilingUs);
            if (last > 0 && age > allowed)
            {
                silence.AddRange([(last / 1e6, 0), (came / 1e6, age / 1e6)]);
                found.Add(((last + allowed) / 1e6, allowed / 1e6));
            }
            else if (last > 0)
            {
                ages.Add((came / 1e6, age / 1e6));
            }

            limits.Add((came / 1e6, allowed / 1e6));
            limit.Observe(last > 0 ? age : 0, PeriodUs);
            last = came;
        }

        var plot = new Plot("Silence: the limit comes down to what the stream's own intervals allow", "second").Span(Begin, Begin + Silent, "silent");
        plot.Panel("age of the newest message, s", 200).From(0, 6).Dots("age at the next message", Ink.Data, ages).Line("in the silence", Ink.Second, silence)
            .Stairs("limit", Ink.Baseline, limits).Level("three periods", Ink.Threshold, CeilingUs / 1e6).Rings("found", Ink.Alarm, found);
        return plot;
    }
}
