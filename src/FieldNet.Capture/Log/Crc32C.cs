using System.Numerics;
using System.Runtime.InteropServices;

namespace FieldNet.Capture.Log;

/// <summary>CRC-32C (Castagnoli) by the processor's own instruction where it has one.</summary>
/// <remarks>Source: RFC 3720, appendix B.4. A seed continues a sum: <c>Append(Append(s, a), b)</c> is the sum of a then b.</remarks>
internal static class Crc32C
{
    public static uint Append(uint seed, ReadOnlySpan<byte> bytes)
    {
        var crc = ~seed;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var b in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
