namespace FieldNet.Slice.Stamp;

/// <summary>What is known of a received datagram beside its bytes.</summary>
/// <param name="UtcNs">When the kernel had it; without that, when we did.</param>
/// <param name="AgeNs">How long ago that was when it was handed over.</param>
/// <param name="Ttl">Time to live or hop limit; 0 unknown.</param>
/// <param name="Dscp">Differentiated services code point; null unknown.</param>
internal readonly record struct DatagramNote(long UtcNs, long AgeNs, byte Ttl, byte? Dscp);
