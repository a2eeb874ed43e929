namespace FieldNet.Detection.Streams;

/// <summary>Share of messages lost in the last ten seconds.</summary>
/// <remarks>Shape: ten one-second buckets, plain and serialisable. Unknown until a stamped message came.</remarks>
public sealed class LossWindow
{
    private const int Seconds = 10;

    public long[] Expected { get; set; } = new long[Seconds];

    public long[] Lost { get; set; } = new long[Seconds];

    /// <summary>The second (log time) of the newest bucket.</summary>
    public long Second { get; set; }

    public bool Known { get; set; }

    public long LostTotal => Math.Max(0, Lost.Sum());

    /// <summary>Null while unknown; never 0 for want of data.</summary>
    public double? Ratio
    {
        get
        {
            var expected = Expected.Sum();
            return Known && expected > 0 ? Math.Clamp((double)Lost.Sum() / expected, 0, 1) : null;
        }
    }

    /// <param name="arrived">Messages that came (1 or 0).</param>
    /// <param name="lost">Messages found missing; negative when one came after all.</param>
    public void Add(long timeUs, int arrived, long lost)
    {
        MoveTo(timeUs);
        Known = true;
        var bucket = (int)(Second % Seconds);
        var bounded = Math.Clamp(lost, -1_000_000, 1_000_000);
        Expected[bucket] += arrived + bounded;
        Lost[bucket] += bounded;
    }

    public void MoveTo(long timeUs)
    {
        var second = timeUs / 1_000_000;
        for (var steps = Math.Min(second - Second, Seconds); steps > 0; steps--)
        {
            var bucket = (int)((second - steps + 1) % Seconds);
            (Expected[bucket], Lost[bucket]) = (0, 0);
        }

        Second = Math.Max(Second, second);
    }
}
