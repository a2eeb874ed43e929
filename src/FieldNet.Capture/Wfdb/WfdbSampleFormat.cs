using System.Buffers.Binary;

namespace FieldNet.Capture.Wfdb;

/// <summary>How the storage formats of WFDB pack digital values into bytes.</summary>
/// <remarks>Source: WFDB Applications Guide, signal(5). All are little-endian. FLAC formats (5xx) are not read.</remarks>
internal static class WfdbSampleFormat
{
    public static bool IsKnown(int format) => format is 8 or 16 or 24 or 32 or 61 or 80 or 160 or 212 or 310 or 311;

    public static int? MissingValue(int format) => format switch
    {
        16 or 61 or 160 or 516 => -32768,
        80 or 508 => -128,
        212 => -2048,
        310 or 311 => -512,
        24 or 524 => -8_388_608,
        32 => int.MinValue,
        _ => null,
    };

    /// <summary>How many whole samples so many bytes hold.</summary>
    public static long SamplesIn(int format, long bytes) => format switch
    {
        8 or 80 => bytes,
        16 or 61 or 160 => bytes / 2,
        24 => bytes / 3,
        32 => bytes / 4,
        // Two samples in three bytes; a single last one still takes two.
        212 => bytes / 3 * 2 + (bytes % 3 == 2 ? 1 : 0),
        // Three samples in four bytes; of a last group the first two may stand alone.
        310 => bytes / 4 * 3 + bytes % 4 / 2,
        311 => bytes / 4 * 3 + (bytes % 4 == 3 ? 2 : bytes % 4 / 2),
        _ => 0,
    };

    /// <summary>The sample at an index of the file's own order. Format 8 gives the difference to the one before.</summary>
    /// <param name="bytes">From the first sample on; holds the index, by <see cref="SamplesIn"/>.</param>
    public static int Decode(int format, ReadOnlySpan<byte> bytes, long index)
    {
        int i = checked((int)index);
        switch (format)
        {
            case 8:
                return (sbyte)bytes[i];
            case 16:
                return BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
            case 24:
                return bytes[3 * i] | bytes[3 * i + 1] << 8 | (sbyte)bytes[3 * i + 2] << 16;
            case 32:
                return BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
            case 61:
                return BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * i)..]);
            case 80:
                return bytes[i] - 128;
            case 160:
                return BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) - 32768;
            case 212:
                var pair = bytes[(i / 2 * 3)..];
                return i % 2 == 0 ? Signed(pair[0] | pair[1] << 8, 12) : Signed(pair[2] | pair[1] >> 4 << 8, 12);
            case 310:
                var words = bytes[(i / 3 * 4)..];
                return (i % 3) switch
                {
                    0 => Signed(BinaryPrimitives.ReadUInt16LittleEndian(words) >> 1, 10),
                    1 => Signed(BinaryPrimitives.ReadUInt16LittleEndian(words[2..]) >> 1, 10),
                    _ => Signed(words[1] >> 3 | words[3] >> 3 << 5, 10),
                };
            case 311:
                var group = bytes[(i / 3 * 4)..];
                return (i % 3) switch
                {
                    0 => Signed(group[0] | group[1] << 8, 10),
                    1 => Signed(group[1] >> 2 | group[2] << 6, 10),
                    _ => Signed(group[2] >> 4 | group[3] << 4, 10),
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown storage format.");
        }
    }

    private static int Signed(int value, int bits) => value << (32 - bits) >> (32 - bits);
}
