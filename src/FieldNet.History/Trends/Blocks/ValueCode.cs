using System.Buffers;
using System.Numerics;

namespace FieldNet.History.Trends.Blocks;

/// <summary>The values of one column, exactly: decimals as steps between whole numbers, anything else as what changed in its bits.</summary>
internal static class ValueCode
{
    private const byte Constant = 0x40;
    private const byte Bits = 0x80;

    public static void Write(BitWriter writer, ReadOnlySpan<double> values)
    {
        var scale = DecimalScale.Of(values);
        if (scale == DecimalScale.None)
        {
            writer.Write(Bits, 8);
            WriteBits(writer, values);
            return;
        }

        var steps = ArrayPool<ulong>.Shared.Rent(values.Length);
        var (previous, changes) = (0L, 0UL);
        for (var i = 0; i < values.Length; i++)
        {
            var whole = DecimalScale.ToWhole(values[i], scale);
            steps[i] = Zigzag.Encode(whole - previous);
            changes |= i > 0 ? steps[i] : 0;
            previous = whole;
        }

        writer.Write((byte)(scale | (changes == 0 ? Constant : 0)), 8);
        if (values.Length > 0)
        {
            writer.WriteVarint(steps[0]);
            if (changes != 0)
            {
                RiceCode.Write(writer, steps.AsSpan(1, values.Length - 1));
            }
        }

        ArrayPool<ulong>.Shared.Return(steps);
    }

    public static void Read(ref BitReader reader, Span<double> values)
    {
        var kind = (byte)reader.Read(8);
        var scale = kind & 0xf;
        if (kind == Bits)
        {
            ReadBits(ref reader, values);
            return;
        }

        if ((kind & ~(Constant | 0xf)) != 0 || scale > DecimalScale.Most)
        {
            throw new InvalidDataException($"Values of kind {kind} are not known.");
        }

        if (values.IsEmpty)
        {
            return;
        }

        var steps = ArrayPool<ulong>.Shared.Rent(values.Length);
        steps[0] = reader.ReadVarint();
        if (kind == scale)
        {
            RiceCode.Read(ref reader, steps.AsSpan(1, values.Length - 1));
        }
        else
        {
            steps.AsSpan(1, values.Length - 1).Clear();
        }

        var whole = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            whole += Zigzag.Decode(steps[i]);
            values[i] = DecimalScale.FromWhole(whole, scale);
        }

        ArrayPool<ulong>.Shared.Return(steps);
    }

    /// <summary>The bits that changed since the last value, without zeros before and behind.</summary>
    /// <remarks>Source: T. Pelkonen et al., Gorilla, VLDB 2015, section 4.1.2.</remarks>
    private static void WriteBits(BitWriter writer, ReadOnlySpan<double> values)
    {
        var previous = 0UL;
        foreach (var value in values)
        {
            var bits = BitConverter.DoubleToUInt64Bits(value);
            var changed = bits ^ previous;
            previous = bits;
            writer.Write(changed == 0 ? 0UL : 1UL, 1);
            if (changed != 0)
            {
                var (trailing, length) = (BitOperations.TrailingZeroCount(changed), 64 - BitOperations.LeadingZeroCount(changed));
                writer.Write((ulong)trailing, 6);
                writer.Write((ulong)(length - trailing - 1), 6);
                writer.Write(changed >> trailing, length - trailing);
            }
        }
    }

    private static void ReadBits(ref BitReader reader, Span<double> values)
    {
        var bits = 0UL;
        foreach (ref var value in values)
        {
            if (reader.Read(1) == 1)
            {
                var trailing = (int)reader.Read(6);
                bits ^= reader.Read((int)reader.Read(6) + 1) << trailing;
            }

            value = BitConverter.UInt64BitsToDouble(bits);
        }
    }
}
