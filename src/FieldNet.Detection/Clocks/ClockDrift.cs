using System.Text.Json.Serialization;

namespace FieldNet.Detection.Clocks;

/// <summary>Finds a clock that runs fast or slow, by the lower envelope of the raw delay.</summary>
/// <remarks>
/// Method: the smallest raw delay of every 5 s, the last 45 to 120 s of them, and a straight line through them: a drift when the line rises
/// or falls by 60 to 2,500 ppm, by 8 times what the points lie off it, and both halves agree, twice running. Over below 30 ppm.
/// Source: Paxson, "On calibrating measurements of packet transit times" (1998); docs/detectors/clock.md.
/// Shape: plain and serialisable. Units: microseconds; ppm is microseconds a second.
/// </remarks>
public sealed class ClockDrift
{
    public const long SpanUs = 5_000_000;
    private const int Spans = 24, LeastSpans = 9, InARow = 2;

    /// <summary>No clock that runs at all is worse: what grows faster is a queue on the way, and its values are old (P2).</summary>
    private const double MostPpm = 2_500;

    private const double OnPpm = 60, OffPpm = 30, LeastRiseUs = 3_000, Clear = 8;

    public long[] LeastUs { get; set; } = new long[Spans];

    /// <summary>The 5 s spans of log time that <see cref="LeastUs"/> is of.</summary>
    public long[] Span { get; set; } = new long[Spans];

    public int Count { get; set; }

    /// <summary>The span that runs, and its smallest so far.</summary>
    public long NowSpan { get; set; }

    public long NowLeastUs { get; set; } = long.MaxValue;

    public int Running { get; set; }

    public bool IsOn { get; set; }

    /// <summary>How much of the raw delay was the clock's when that became sure; what falls lowers the floor by itself.</summary>
    [JsonIgnore]
    public long GrownUs => (long)(Math.Max(0, Ppm) * LeastSpans * (SpanUs / 1e6));

    /// <summary>How much faster the raw delay grows than time: the device's clock loses that much. Unknown is 0.</summary>
    public double Ppm { get; set; }

    public void Reset() => (Count, NowLeastUs, Running, IsOn, Ppm) = (0, long.MaxValue, 0, false, 0);

    /// <returns>True when a span has ended, so that <see cref="IsOn"/> and <see cref="Ppm"/> are new.</returns>
    public bool Observe(long rawUs, long receiveUs)
    {
        var span = receiveUs / SpanUs;
        var ended = span > NowSpan && NowLeastUs < long.MaxValue;
        if (ended)
        {
            Push();
            Judge();
        }

        if (span > NowSpan)
        {
            (NowSpan, NowLeastUs) = (span, long.MaxValue);
        }

        NowLeastUs = Math.Min(NowLeastUs, rawUs);
        return ended;
    }

    private void Push()
    {
        if (Count == Spans)
        {
            Array.Copy(LeastUs, 1, LeastUs, 0, Spans - 1);
            Array.Copy(Span, 1, Span, 0, Spans - 1);
            Count--;
        }

        (LeastUs[Count], Span[Count]) = (NowLeastUs, NowSpan);
        Count++;
    }

    private void Judge()
    {
        if (Count < LeastSpans)
        {
            return;
        }

        // A drift may have begun within the two minutes: the newest part is looked at first, and then more and more.
        var isLine = false;
        for (var spans = LeastSpans; spans <= Count && !isLine; spans += 5)
        {
            isLine = IsLine(Count - spans, spans);
        }

        var slope = Line(Count - LeastSpans, Count).Slope;
        Running = isLine ? Running + 1 : 0;
        IsOn = Math.Abs(slope) <= MostPpm && (IsOn ? Math.Abs(slope) >= OffPpm : Running >= InARow);
        Ppm = IsOn ? slope : 0;
    }

    private bool IsLine(int from, int spans)
    {
        var (slope, off) = Line(from, from + spans);
        var half = spans / 2;
        var rise = Math.Abs(slope) * (Span[from + spans - 1] - Span[from]) * (SpanUs / 1e6);
        return Math.Abs(slope) is >= OnPpm and <= MostPpm && rise >= LeastRiseUs && rise >= Clear * off
            && Agrees(Line(from, from + half).Slope, slope) && Agrees(Line(from + spans - half, from + spans).Slope, slope);
    }

    private static bool Agrees(double half, double whole) => Math.Abs(half - whole) <= 0.4 * Math.Abs(whole);

    /// <summary>Least squares: slope in microseconds a second, and the root mean square distance from the line.</summary>
    private (double Slope, double OffUs) Line(int from, int to)
    {
        var (n, x0, y0) = (to - from, Span[from], LeastUs[from]);
        var (sx, sy, sxx, sxy, syy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = from; i < to; i++)
        {
            double x = (Span[i] - x0) * (SpanUs / 1e6), y = LeastUs[i] - y0;
            (sx, sy, sxx, sxy, syy) = (sx + x, sy + y, sxx + (x * x), sxy + (x * y), syy + (y * y));
        }

        var (vx, vxy, vy) = (sxx - (sx * sx / n), sxy - (sx * sy / n), syy - (sy * sy / n));
        return vx <= 0 ? (0, 0) : (vxy / vx, Math.Sqrt(Math.Max(0, vy - (vxy * vxy / vx)) / n));
    }
}
