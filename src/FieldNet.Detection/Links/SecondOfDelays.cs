namespace FieldNet.Detection.Links;

/// <summary>The delays of one second's messages, for their median.</summary>
/// <remarks>Shape: plain and serialisable; the first 64 messages of a second count. Allocation: none. Units: microseconds.</remarks>
public sealed class SecondOfDelays
{
    private const int Most = 64;

    public int[] DelaysUs { get; set; } = new int[Most];

    public int Count { get; set; }

    public void Add(long delayUs)
    {
        if (Count < Most)
        {
            DelaysUs[Count++] = (int)Math.Min(delayUs, int.MaxValue);
        }
    }

    /// <summary>Ends the second.</summary>
    /// <returns>False if nothing came in it.</returns>
    public bool TryTake(out int medianUs, out int leastUs)
    {
        (medianUs, leastUs) = (0, 0);
        if (Count == 0)
        {
            return false;
        }

        var delays = DelaysUs.AsSpan(0, Count);
        delays.Sort();
        (medianUs, leastUs) = (delays[Count / 2], delays[0]);
        Count = 0;
        return true;
    }
}
