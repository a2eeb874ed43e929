namespace FieldNet.Bedside.Backgrounds;

/// <summary>A recording of the delay of a real 5G path.</summary>
/// <remarks>Shape: samples in the order of time. Units: microseconds since its first sample; round trips in milliseconds.</remarks>
public sealed class DelayTrace
{
    private readonly long[] _atUs;
    private readonly double[] _rttMs, _rsrpDbm, _sinrDb;

    internal DelayTrace(string name, IReadOnlyList<DelaySample> samples, int lost)
    {
        Name = name;
        Lost = lost;
        _atUs = [.. samples.Select(sample => sample.AtUs)];
        _rttMs = [.. samples.Select(sample => sample.RttMs)];
        (_rsrpDbm, _sinrDb) = ([.. samples.Select(sample => sample.RsrpDbm)], [.. samples.Select(sample => sample.SinrDb)]);
        double[] sorted = [.. _rttMs.Order()];
        MedianMs = Quantile(sorted, 0.5) / 2;
        SpreadMs = Math.Max(1, (Quantile(sorted, 0.84) - Quantile(sorted, 0.16)) / 4);
    }

    /// <summary>File name without its folder.</summary>
    public string Name { get; }

    public int Count => _atUs.Length;

    public long DurationUs => _atUs[^1];

    /// <summary>Packets that never came back. What is played instead is the wait for the next that did: a TCP connection loses nothing.</summary>
    public int Lost { get; }

    /// <summary>Of the one-way delay: half of the round trip.</summary>
    public double MedianMs { get; }

    /// <summary>Normal spread of the one-way delay: half of p84 − p16, one standard deviation if it were normal; at least 1 ms.</summary>
    public double SpreadMs { get; }

    internal long AtUs(int index) => _atUs[index];

    internal double OneWayMs(int index) => _rttMs[index] / 2;

    /// <summary>NaN where the recording does not say.</summary>
    internal (double RsrpDbm, double SinrDb) Radio(int index) => (_rsrpDbm[index], _sinrDb[index]);

    /// <summary>The newest sample that is not after a time: what a ping each second told of it.</summary>
    internal int IndexAt(long atUs)
    {
        var found = Array.BinarySearch(_atUs, atUs);
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    private static double Quantile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
