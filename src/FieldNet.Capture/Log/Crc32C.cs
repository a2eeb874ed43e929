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
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        var rest = bytes[(bytes.Length & ~(sizeof(ulong) - 1))..];
        if (rest.Length >= sizeof(uint))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<uint>(rest));
            rest = rest[sizeof(uint)..];
        }

        foreach (var b in rest)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
