using System.Numerics;

namespace FieldNet.History.Trends.Blocks;

/// <summary>Numbers that are mostly small: high part in ones and a zero, low part in bits whose count suits the whole list best.</summary>
/// <remarks>
/// Shape: the count of low bits in 6 bits, then each number. A number with a high part of <see cref="Escape"/> or more is that many ones
/// and its 64 bits, so one outlier costs 12 bytes. Source: R. F. Rice, JPL 79-22 (1979).
/// </remarks>
internal static class RiceCode
{
    private const int Escape = 32;

    /// <summary>Bits over the low ones from which on the high part is an escape.</summary>
    private const int EscapeLength = 5;

    public static void Write(BitWriter writer, ReadOnlySpan<ulong> numbers)
    {
        var lowBits = BestLowBits(numbers);
        writer.Write((ulong)lowBits, 6);
        foreach (var number in numbers)
        {
            var high = number >> lowBits;
            if (high >= Escape)
            {
                writer.Write(uint.MaxValue, Escape);
                writer.Write(number, 64);
            }
            else
            {
                writer.Write((1UL << (int)high) - 1, (int)high + 1);
                writer.Write(number, lowBits);
            }
        }
    }

    public static void Read(ref BitReader reader, Span<ulong> numbers)
    {
        var lowBits = (int)reader.Read(6);
        foreach (ref var number in numbers)
        {
            var high = reader.ReadOnes(Escape);
            number = high == Escape ? reader.Read(64) : ((ulong)high << lowBits) | reader.Read(lowBits);
        }
    }

    /// <summary>By how many numbers have each length, which is near enough: the high part of a length is one and a half of its least.</summary>
    private static int BestLowBits(ReadOnlySpan<ulong> numbers)
    {
        Span<int> ofLength = stackalloc int[65];
        ofLength.Clear();
        var longest = 0;
        foreach (var number in numbers)
        {
            var length = 64 - BitOperations.LeadingZeroCount(number);
            ofLength[length]++;
            longest = Math.Max(longest, length);
        }

        var (best, bestBits) = (0, long.MaxValue);
        for (var low = 0; low <= Math.Min(longest, 62); low++)
        {
            var bits = 0L;
            for (var length = 0; length <= longest; length++)
            {
                var over = length - low;
                bits += ofLength[length] * (over <= 0 ? 1L + low : over > EscapeLength ? Escape + 64 : 1 + low + (3L << over >> 2));
            }

            (best, bestBits) = bits < bestBits ? (low, bits) : (best, bestBits);
        }

        return best;
    }
}
