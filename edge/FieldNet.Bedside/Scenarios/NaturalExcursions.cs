using FieldNet.Bedside.Backgrounds;

namespace FieldNet.Bedside.Scenarios;

/// <summary>What a recorded path did by itself, known without a detector and with hindsight: stalls, and times at which its delay was not its usual one.</summary>
/// <remarks>
/// A message each <see cref="EveryUs"/> goes over the path in order. <c>silent</c> and <c>burst</c>: nothing arrives for <see cref="StallUs"/>.
/// Usual is both what the whole recording has and what the minute before had: leaving either counts, since a detector can know only the minute.
/// <c>latency</c>: the median of <see cref="Window"/> messages lies above the lower of the two usual medians by <see cref="Clear"/> of the path's normal spreads:
/// short of the smallest fault that is injected (2), which a detector must find, so that it has to draw its line a little below.
/// <c>jitter</c>: their half p84 − p16 exceeds twice the path's normal spread; or that spread and three times the minute's.
/// <c>radio_weak</c>: the recorded signal itself is near where a link fails. The score's own tolerance is all the room that a detector's window has.
/// </remarks>
internal static class NaturalExcursions
{
    public const long EveryUs = 256_000, StallUs = 800_000;
    public const int Window = 16;
    public const double Clear = 1.75, WeakSinrDb = 3, WeakRsrpDbm = -105;

    private const int Minute = 240, Stride = 4;

    public static IReadOnlyList<(string What, long StartUs, long EndUs)> Of(PlayedDelay path, TimeSpan lasting)
    {
        int count = (int)(lasting.Ticks / TimeSpan.TicksPerMicrosecond / EveryUs);
        double[] ms = new double[count];
        long[] arrivalsUs = new long[count];
        for (int n = 0; n < count; n++)
        {
            arrivalsUs[n] = Math.Max(n * EveryUs + (long)(1000 * path.OneWayMs(n * EveryUs)), n == 0 ? 0 : arrivalsUs[n - 1]);
            ms[n] = (arrivalsUs[n] - n * EveryUs) / 1000.0;
        }
        List<(string, long, long)> found = [];
        var stalls = Spans(count, n => n > 0 && arrivalsUs[n] - arrivalsUs[n - 1] >= StallUs, n => (arrivalsUs[n - 1], arrivalsUs[n]));
        found.AddRange(stalls.Select(span => ("silent", span.Start, span.End)));
        found.AddRange(stalls.Select(span => ("burst", span.Start, span.End)));
        var (slow, wild) = Unusual(ms, path.Trace);
        found.AddRange(Spans(count, n => slow[n], Around).Select(span => ("latency", span.Start, span.End)));
        found.AddRange(Spans(count, n => wild[n], Around).Select(span => ("jitter", span.Start, span.End)));
        found.AddRange(Spans(count, n => path.Radio(n * EveryUs) is var (rsrp, sinr) && (rsrp < WeakRsrpDbm || sinr < WeakSinrDb), Around).Select(span => ("radio_weak", span.Start, span.End)));
        return found;
    }

    /// <summary>When half of several paths, and two at least, are in an excursion of one kind at once: then the evidence itself points at what they share.</summary>
    public static IEnumerable<(string What, long StartUs, long EndUs)> OfMost(IReadOnlyList<IReadOnlyList<(string What, long StartUs, long EndUs)>> paths)
    {
        int most = Math.Max(2, (paths.Count + 1) / 2);
        foreach (var kind in paths.SelectMany(path => path).GroupBy(excursion => excursion.What))
        {
            var edges = kind.SelectMany(excursion => ((long At, int Change)[])[(excursion.StartUs, 1), (excursion.EndUs, -1)]).OrderBy(edge => edge.At).ThenByDescending(edge => edge.Change);
            int count = 0;
            long start = 0;
            foreach (var (at, change) in edges)
            {
                count += change;
                if (change > 0 && count == most)
                {
                    start = at;
                }
                else if (change < 0 && count == most - 1)
                {
                    yield return (kind.Key, start, at);
                }
            }
        }
    }

    private static (long Start, long End) Around(int n) => ((n - Window) * EveryUs, (n + 1) * EveryUs);

    private static (bool[] Slow, bool[] Wild) Unusual(double[] ms, DelayTrace trace)
    {
        bool[] slow = new bool[ms.Length], wild = new bool[ms.Length];
        double[] minute = [];
        for (int n = Window; n <= ms.Length; n += Stride)
        {
            double[] now = [.. ms[(n - Window)..n].Order()];
            if (minute.Length == 0 || n % (8 * Stride) == 0)
            {
                minute = [.. ms[Math.Max(0, n - Window - Minute)..Math.Max(Window, n - Window)].Order()];
            }
            double median = now[Window / 2], spread = Spread(now), minuteSpread = Math.Max(1, Spread(minute));
            bool isSlow = median > Math.Min(trace.MedianMs, minute[minute.Length / 2]) + Clear * trace.SpreadMs;
            bool isWild = spread > 2 * trace.SpreadMs || (spread > trace.SpreadMs && spread > 3 * minuteSpread);
            for (int back = 1; back <= Stride && n - back >= 0; back++)
            {
                (slow[n - back], wild[n - back]) = (isSlow, isWild);
            }
        }
        return (slow, wild);
    }

    private static double Spread(double[] sorted) => (sorted[(int)(0.84 * (sorted.Length - 1))] - sorted[(int)(0.16 * (sorted.Length - 1))]) / 2;

    /// <summary>Those that touch are one.</summary>
    private static List<(long Start, long End)> Spans(int count, Func<int, bool> isSo, Func<int, (long Start, long End)> extent)
    {
        List<(long Start, long End)> spans = [];
        for (int n = 0; n < count; n++)
        {
            if (isSo(n))
            {
                var (start, end) = extent(n);
                if (spans.Count > 0 && start <= spans[^1].End)
                {
                    spans[^1] = (spans[^1].Start, Math.Max(end, spans[^1].End));
                }
                else
                {
                    spans.Add((start, end));
                }
            }
        }
        return spans;
    }
}
