namespace FieldNet.Bedside.Devices;

/// <summary>What comes back with a PUBACK: which stream, which message, and when it was handed over; all in 64 bits.</summary>
/// <remarks>Shape: stream 8 bits, sequence 32 bits, time 24 bits of 10 µs. An acknowledgement later than 167 s would look fast.</remarks>
internal readonly record struct AckToken(byte Stream, uint Seq, uint Time)
{
    private const uint TimeMask = 0xFFFFFF;

    public static AckToken Of(byte stream, ulong seq, long nowUs) => new(stream, (uint)seq, (uint)(nowUs / 10) & TimeMask);

    public static AckToken Unpack(ulong packed) => new((byte)(packed >> 56), (uint)(packed >> 24), (uint)packed & TimeMask);

    public ulong Pack() => (ulong)Stream << 56 | (ulong)Seq << 24 | Time;

    public long LatencyUs(long nowUs) => ((uint)(nowUs / 10) - Time & TimeMask) * 10L;
}
