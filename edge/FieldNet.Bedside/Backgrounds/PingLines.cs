using System.Globalization;

namespace FieldNet.Bedside.Backgrounds;

/// <summary>Gathers what <c>ping</c> printed. A missing number is a lost packet; a number said twice (<c>DUP!</c>) counts once.</summary>
internal sealed class PingLines
{
    private const long UsualIntervalUs = 1_000_000;

    /// <summary>A hundred days of them; a number beyond is a broken line.</summary>
    private const long MostPings = 10_000_000;

    private readonly SortedDictionary<long, double> _rttMs = [];
    private double _totalMs;
    private long _transmitted;

    public int Count => _rttMs.Count;

    /// <returns>True if the line is ping's.</returns>
    public bool Take(string line)
    {
        if (After(line, "icmp_seq=") is { } seq || (seq = After(line, "icmp_req=")) is not null)
        {
            var time = After(line, "time=") ?? After(line, "time<");
            if (long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && time is not null && DelayTraceReader.TryNumber(time, out double rtt) && rtt >= 0 && number < MostPings)
            {
                _rttMs.TryAdd(number, rtt);
            }
            return true;
        }
        if (line.Contains("packets transmitted", StringComparison.Ordinal))
        {
            _ = long.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out _transmitted);
            _totalMs = After(line, "time ") is { } total && DelayTraceReader.TryNumber(total.Replace("ms", "", StringComparison.Ordinal), out double ms) ? ms : 0;
            return true;
        }
        return false;
    }

    public (List<DelaySample> Samples, int Lost) Samples()
    {
        long first = _rttMs.Keys.First(), last = _rttMs.Keys.Last();
        long intervalUs = _totalMs > 0 && _transmitted > 1 ? (long)(_totalMs * 1000 / (_transmitted - 1)) : UsualIntervalUs;
        List<DelaySample> samples = [];
        int lost = 0;
        double nextMs = 0;
        for (long number = last; number >= first; number--)
        {
            bool came = _rttMs.TryGetValue(number, out double rtt);
            lost += came ? 0 : 1;
            // Twice the interval, since half of a round trip is played.
            nextMs = came ? rtt : nextMs + 2 * intervalUs / 1000.0;
            samples.Add(new((number - first) * intervalUs, nextMs));
        }
        samples.Reverse();
        return (samples, lost);
    }

    /// <summary>The word behind a mark.</summary>
    private static string? After(string line, string mark)
    {
        int at = line.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : line[(at + mark.Length)..].Split(' ', 2)[0];
    }
}
