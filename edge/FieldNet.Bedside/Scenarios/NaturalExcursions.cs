using FieldNet.Bedside.Backgrounds;

namespace FieldNet.Bedside.Scenarios;

/// <summary>What a recorded path did by itself, known without a detector and with hindsight: stalls, and times at which its delay was not its usual one.</summary>
/// <remarks>
/// A message each <see cref="EveryUs"/> goes over the path in order. <c>silent</c> and <c>burst</c>: nothing arrives for <see cref="StallUs"/>.
/// Usual is both what the whole recording has and what the minute before had: leaving either counts, since a detector can know only the minute.
/// <c>latency</c>: the median of <see cref="Window"/> messages lies above either usual median by <see cref="Clear"/> of the normal spreads that go with it:
/// short of the smallest fault that is injected (2), which a detector must find by what it knows of the path itself, so that it has to draw its line below.
/// <c>jitter</c>: their half p84 − p16 exceeds one and a half of the path's normal spreads; or that spread and twice the minute's.
/// <c>radio_weak</c>: the recorded signal itself is near where a link fails. The score's own tolerance is all the room that a detector's window has.
/// </remarks>
internal static class NaturalExcursions
{
    public const long EveryUs = 256_000, StallUs = 700_000;
    public const int Window = 16;
    public const double Clear = 1.25, WeakSinrDb = 3, WeakRsrpDbm = -105;

    private const int Minute = 240, Stride = 4;

    /// <summary>Share of a recording's time in which its delay is not its own usual one, or nothing comes.</summary>
    public static double ShareOf(DelayTrace trace)
    {
        var lasting = TimeSpan.FromMicroseconds(Math.Clamp(2 * trace.DurationUs, 60_000_000, 1_200_000_000));
        long free = 0, at = 0;
        foreach (var (_, start, end) in Of(new PlayedDelay(trace, 0), lasting).Where(excursion => excursion.What != "radio_weak").OrderBy(excursion => excursion.StartUs))
        {
            free += Math.Max(0, start - at);
            at = Math.Max(at, end);
        }

        free += Math.Max(0, (long)lasting.TotalMicroseconds - at);
        return 1 - free / lasting.TotalMicroseconds;
    }

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
        double[] minute = new double[Minute];
        Span<double> now = stackalloc double[Window];
        int known = 0;
        for (int n = Window; n <= ms.Length; n += Stride)
        {
            if (known < Minute / 2 || n % (12 * Stride) == 0)
            {
                known = Math.Min(Minute, Math.Max(Window, n - Window));
                ms.AsSpan(Math.Max(Window, n - Window) - known, known).CopyTo(minute);
                minute.AsSpan(0, known).Sort();
            }
            ms.AsSpan(n - Window, Window).CopyTo(now);
            now.Sort();
            var usual = minute.AsSpan(0, known);
            double median = now[Window / 2], spread = Spread(now);
            bool isSlow = median > trace.MedianMs + Clear * trace.SpreadMs || median > usual[known / 2] + Clear * Math.Max(1, Spread(usual));
            bool isWild = spread > 1.5 * trace.SpreadMs || (spread > trace.SpreadMs && spread > 2 * Math.Max(1, Spread(usual)));
            for (int back = 1; back <= Stride && n - back >= 0; back++)
            {
                (slow[n - back], wild[n - back]) = (isSlow, isWild);
            }
        }
        return (slow, wild);
    }

    private static double Spread(ReadOnlySpan<double> sorted) => (sorted[(int)(0.84 * (sorted.Length - 1))] - sorted[(int)(0.16 * (sorted.Length - 1))]) / 2;

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
