namespace FieldNet.Slice.Stamp;

/// <summary>Times as they stand in a packet: 64 bits, NTP's or PTP's.</summary>
/// <remarks>
/// Units: nanoseconds since 1970 UTC. A PTP time is taken as it is: if its sender counts TAI, 37 s more, offsets against it are that much off, round trips are not.
/// Source: RFC 5905 section 6 and RFC 4330 section 3 (eras), RFC 8877 section 4.3 (truncated PTP).
/// </remarks>
public static class StampTime
{
    private const long NsPerS = 1_000_000_000;

    /// <summary>From 1900 to 1970.</summary>
    private const long NtpToUnixS = 2_208_988_800;

    public static ulong ToBits(long unixNs, bool isPtp)
    {
        var (seconds, ns) = Math.DivRem(unixNs, NsPerS);
        return isPtp
            ? ((ulong)(uint)seconds << 32) | (uint)ns
            : ((ulong)(uint)(seconds + NtpToUnixS) << 32) | (uint)((((ulong)ns << 32) + (NsPerS / 2)) / NsPerS);
    }

    public static long ToUnixNs(ulong bits, bool isPtp)
    {
        var (high, low) = ((long)(bits >> 32), (long)(bits & uint.MaxValue));
        if (isPtp)
        {
            return (high * NsPerS) + low;
        }

        // The era of 1900 ends in 2036; a clear top bit means the next one.
        var eraS = (high & 0x8000_0000) == 0 ? 1L << 32 : 0;
        return ((high + eraS - NtpToUnixS) * NsPerS) + (((low * NsPerS) + (1L << 31)) >> 32);
    }
}
