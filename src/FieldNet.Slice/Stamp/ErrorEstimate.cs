namespace FieldNet.Slice.Stamp;

/// <summary>What a sender of times says of its clock: 16 bits, S Z Scale(6) Multiplier(8).</summary>
/// <param name="IsSynchronized">S: it follows an external source.</param>
/// <param name="IsPtp">Z: its times are PTP's, not NTP's (RFC 8186).</param>
/// <param name="Scale">0 to 63.</param>
/// <param name="Multiplier">1 to 255; 0 says nothing.</param>
/// <remarks>Source: RFC 4656 section 4.1.2, RFC 8762 section 4.2.1.</remarks>
public readonly record struct ErrorEstimate(bool IsSynchronized, bool IsPtp, byte Scale, byte Multiplier)
{
    /// <summary>A free-running clock, good to a millisecond as far as we know.</summary>
    public static readonly ErrorEstimate Unsynchronized = new(IsSynchronized: false, IsPtp: false, Scale: 22, Multiplier: 1);

    /// <summary>Seconds: Multiplier * 2^(Scale - 32).</summary>
    public double Seconds => Multiplier * Math.Pow(2, Scale - 32);

    public static ErrorEstimate FromBits(ushort bits) => new((bits & 0x8000) != 0, (bits & 0x4000) != 0, (byte)((bits >> 8) & 0x3F), (byte)bits);

    public ushort ToBits() => (ushort)((IsSynchronized ? 0x8000 : 0) | (IsPtp ? 0x4000 : 0) | ((Scale & 0x3F) << 8) | Multiplier);
}
