using FieldNet.Detection.Clocks;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;

namespace FieldNet.LoadBench.Figures;

/// <summary>Two messages a second from a clock that jumps, from one that runs slow, and from one that is seconds off.</summary>
internal sealed class ClockFigure : IFigure
{
    private const int Seconds = 360, PerSecond = 2, JumpAt = 120, BackAt = 240, DriftFrom = 120, Ppm = 200, FirstSecond = 1_000;

    public string Name => "clock";

    public Plot Draw()
    {
        var noise = new SeededNoise(9);
        var plot = new Plot("A clock's step, drift and offset: log time of arrival less the device's time of sending", "second");
        Step(plot, noise);
        Drift(plot, noise);
        Offset(plot, noise);
        return plot;
    }

    private static void Step(Plot plot, SeededNoise noise)
    {
        var (steps, floor, previousUs) = (default(ClockSteps), default(DelayAboveFloor), 0L);
        List<(double X, double Y)> raw = [], found = [];
        for (var i = 0; i < Seconds * PerSecond; i++)
        {
            var (atUs, offUs) = (At(i), i / PerSecond < JumpAt ? 0 : i / PerSecond < BackAt ? 400_000 : 0);
            var (sentUs, cameUs) = (atUs + offUs, atUs + (long)(1000 * noise.DelayMs()));
            var wentBack = sentUs < previousUs;
            var rhythm = 1_000_000 / PerSecond;
            var early = previousUs > 0 && rhythm - (sentUs - previousUs) is > 0 and var less ? less : 0;
            var stepUs = steps.Observe(cameUs - sentUs, cameUs, floor.Known ? floor.FloorOffsetUs : cameUs - sentUs, wentBack, early);
            floor = wentBack || stepUs < 0 ? default : floor;
            floor.Observe(new Stamp { HasSentTime = true, SentTimeUs = sentUs }, cameUs);
            previousUs = sentUs;
            raw.Add((Second(i), (cameUs - sentUs) / 1000.0));
            if (stepUs != 0)
            {
                found.Add((Second(i), (cameUs - sentUs) / 1000.0));
            }
        }

        plot.Panel("step, ms", 110).Line("raw delay", Ink.Data, raw).Rings("found", Ink.Alarm, found);
    }

    private static void Drift(Plot plot, SeededNoise noise)
    {
        var drift = new ClockDrift();
        List<(double X, double Y)> raw = [], lower = [], found = [];
        for (var i = 0; i < Seconds * PerSecond; i++)
        {
            var cameUs = At(i) + (long)(1000 * noise.DelayMs());
            var rawUs = (long)(1000 * noise.DelayMs()) + (long)(Ppm * Math.Max(0, Second(i) - DriftFrom));
            var wasOn = drift.IsOn;
            if (drift.Observe(rawUs, cameUs))
            {
                lower.Add(((drift.Span[drift.Count - 1] * ClockDrift.SpanUs / 1e6) - FirstSecond, drift.LeastUs[drift.Count - 1] / 1000.0));
            }

            raw.Add((Second(i), rawUs / 1000.0));
            if (drift.IsOn != wasOn)
            {
                found.Add((Second(i), rawUs / 1000.0));
            }
        }

        plot.Panel("drift, ms", 110).Dots("raw delay", Ink.Data, raw).Line("least of 5 s", Ink.Baseline, lower).Rings("found", Ink.Alarm, found);
    }

    private static void Offset(Plot plot, SeededNoise noise)
    {
        var (offset, least) = (default(ClockOffset), long.MaxValue);
        List<(double X, double Y)> floor = [], found = [];
        for (var second = 0; second < Seconds; second++)
        {
            // Started anew with a clock three seconds slow; set right by its time service a while later.
            least = second is 60 or 200 ? long.MaxValue : least;
            least = Math.Min(least, (long)(1000 * noise.DelayMs()) + (second is >= 60 and < 200 ? 3_000_000 : 0));
            floor.Add((second, least / 1000.0));
            if (offset.Observe(least, second * 1_000_000L))
            {
                found.Add((second, least / 1000.0));
            }
        }

        plot.Panel("offset, ms", 110).Line("fastest message", Ink.Data, floor).Level("plainly wrong", Ink.Threshold, 1000).Rings("found, over", Ink.Alarm, found);
    }

    private static long At(int message) => (FirstSecond * 1_000_000L) + (message * 1_000_000L / PerSecond);

    private static double Second(int message) => message / (double)PerSecond;
}
