using FieldNet.Detection.Availability;

namespace FieldNet.LoadBench.Figures;

/// <summary>A flow of one message each 256 ms: one lost, some late, an outage; and its two timelines.</summary>
internal sealed class AvailabilityFigure : IFigure
{
    private const long Period = 256_000, Budget = 200_000;
    private const int Lost = 20, Late = 50, LateThrough = 54, Out = 90, OutThrough = 110, Messages = 140;

    public string Name => "availability";

    public Plot Draw()
    {
        var (flow, noise) = (default(ServiceTimeline), new SeededNoise(8));
        List<(double X, double Y)> delays = [], link = [], service = [];
        var lost = 0L;
        for (var i = 0; i < Messages; i++)
        {
            var isLate = i is >= Late and < LateThrough;
            var delayUs = (long)(1000 * (noise.DelayMs() + (isLate ? 300 : 0)));
            var at = ((i + 10) * Period) + delayUs;
            if (i == Lost || i is >= Out and < OutThrough)
            {
                lost++;
            }
            else
            {
                flow.Observe(at, lost, delayUs, Period, Budget, Period + Budget);
                lost = 0;
                delays.Add((at / 1e6, delayUs / 1000.0));
            }

            flow.Tick(((i + 11) * Period) + 1, Budget);
            var now = ((i + 11) * Period) + 1;
            link.Add((now / 1e6, flow.DownSinceUs > 0 ? 1.5 : 2.5));
            service.Add((now / 1e6, flow.DownSinceUs > 0 && now - flow.DownSinceUs > flow.SurvivalUs ? 0 : 1));
        }

        var plot = new Plot("The link falls with the first bad message, the service when that lasts", "second")
            .Span(X(Lost), X(Lost + 1), "lost").Span(X(Late), X(LateThrough), "late").Span(X(Out), X(OutThrough), "out");
        plot.Panel("delay, ms", 120).From(0, 480).Dots("messages", Ink.Data, delays).Level("budget (5QI 70)", Ink.Threshold, Budget / 1000);
        plot.Panel("up (high) or down", 130).From(-0.3, 2.8).Stairs("link", Ink.Second, link).Stairs("service", Ink.Alarm, service);
        return plot;
    }

    private static double X(int message) => (message + 10) * Period / 1e6;
}
