using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>An interface of a pcapng section: what its frames begin with and how its times count.</summary>
internal readonly record struct CaptureInterface(LinkType Link, uint SnapBytes, byte Resolution, long OffsetSeconds)
{
    private const byte Microseconds = 6;
    private const ushort EndOfOptions = 0;
    private const ushort TimeResolution = 9;
    private const ushort TimeOffset = 14;

    /// <param name="source">Knows the byte order.</param>
    /// <param name="block">The description block, at least eight bytes.</param>
    public static CaptureInterface Read(CaptureSource source, ReadOnlySpan<byte> block)
    {
        var snapBytes = source.UInt32(block[4..]);
        var found = new CaptureInterface((LinkType)source.UInt16(block), snapBytes == 0 ? uint.MaxValue : snapBytes, Microseconds, 0);
        for (var options = block[8..]; options.Length >= 4;)
        {
            var code = source.UInt16(options);
            var length = source.UInt16(options[2..]);
            if (code == EndOfOptions || options.Length - 4 < length)
            {
                break;
            }

            var value = options.Slice(4, length);
            if (code == TimeResolution && length == 1)
            {
                found = found with { Resolution = value[0] };
            }
            else if (code == TimeOffset && length == 8)
            {
                found = found with
                {
                    OffsetSeconds = source.IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value),
                };
            }

            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        return found;
    }

    /// <summary>The top bit of the resolution means powers of two, else of ten.</summary>
    public long ToMicroseconds(ulong stamp)
    {
        var us = (Resolution & 0x80) != 0
            ? (UInt128)stamp * 1_000_000 >> (Resolution & 0x7F)
            : Resolution >= Microseconds ? stamp / Power(Resolution - Microseconds) : (UInt128)stamp * Power(Microseconds - Resolution);
        return (long)us + (OffsetSeconds * 1_000_000);
    }

    private static UInt128 Power(int exponent)
    {
        UInt128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
