namespace FieldNet.Slice.Radio;

/// <summary>What the link layer did for one terminal in a period, all of its bearers together.</summary>
/// <param name="Sdus">Downlink packets handed to the link layer.</param>
/// <param name="SduLatencyUs">Sum of the time that they waited there.</param>
/// <param name="Dropped">Downlink packets given up because the queue was full.</param>
/// <param name="Lost">Uplink pieces that never came.</param>
internal readonly record struct BearerCounts(long? Sdus, double? SduLatencyUs, long? Dropped, long? Lost)
{
    /// <summary>Without a packet there was no delay.</summary>
    public double? DelayMs => Sdus is > 0 && SduLatencyUs is > 0 ? Math.Round(SduLatencyUs.Value / Sdus.Value / 1000, 2) : null;

    public static BearerCounts operator +(BearerCounts a, BearerCounts b) => new(
        BlockCounts.Sum(a.Sdus, b.Sdus),
        a.SduLatencyUs is null ? b.SduLatencyUs : a.SduLatencyUs + (b.SduLatencyUs ?? 0),
        BlockCounts.Sum(a.Dropped, b.Dropped),
        BlockCounts.Sum(a.Lost, b.Lost));
}
