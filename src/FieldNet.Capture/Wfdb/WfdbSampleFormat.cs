using System.Buffers.Binary;

namespace FieldNet.Capture.Wfdb;

/// <summary>How the storage formats of WFDB pack digital values into bytes.</summary>
/// <remarks>
/// Shape: samples come in groups of whole bytes: 212 has two in three bytes, 310 and 311 three in four. All but 61 are little-endian.
/// Source: WFDB Applications Guide, signal(5).
/// </remarks>
internal static class WfdbSampleFormat
{
    /// <summary>A multiple of every format's group, in bytes and in samples.</summary>
    public const int GroupMultiple = 12;

    public static bool IsPacked(int format) => format is 8 or 16 or 24 or 32 or 61 or 80 or 160 or 212 or 310 or 311;

    public static bool IsFlac(int format) => format is 508 or 516 or 524;

    public static bool IsKnown(int format) => IsPacked(format) || IsFlac(format);

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

    /// <summary>The smallest and largest value that a format can hold.</summary>
    public static (int Least, int Most) Range(int format) =>
        MissingValue(format) is { } least ? (least, -(least + 1)) : (int.MinValue, int.MaxValue);
    /// <summary>How many whole samples so many bytes hold.</summary>
    public static int SamplesIn(int format, int bytes) => format switch
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

    /// <summary>How many bytes so many samples take.</summary>
    public static int BytesOf(int format, int samples) => format switch
    {
        8 or 80 => samples,
        16 or 61 or 160 => samples * 2,
        24 => samples * 3,
        32 => samples * 4,
        212 => samples / 2 * 3 + samples % 2 * 2,
        310 => samples / 3 * 4 + samples % 3 * 2,
        311 => samples / 3 * 4 + (samples % 3 == 2 ? 3 : samples % 3 * 2),
        _ => throw NotPacked(format),
    };

    /// <summary>Unpacks as many samples as fit. Format 8 gives differences.</summary>
    /// <param name="bytes">From the start of a group; holds all of them, by <see cref="SamplesIn"/>.</param>
    public static void Unpack(int format, ReadOnlySpan<byte> bytes, Span<int> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = format switch
            {
                8 => (sbyte)bytes[i],
                16 => BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]),
                24 => bytes[3 * i] | bytes[3 * i + 1] << 8 | (sbyte)bytes[3 * i + 2] << 16,
                32 => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]),
                61 => BinaryPrimitives.ReadInt16BigEndian(bytes[(2 * i)..]),
                80 => bytes[i] - 128,
                160 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) - 32768,
                212 => Of212(bytes[(i / 2 * 3)..], i % 2),
                310 => Of310(bytes[(i / 3 * 4)..], i % 3),
                311 => Of311(bytes[(i / 3 * 4)..], i % 3),
                _ => throw NotPacked(format),
            };
        }
    }

    /// <summary>Packs samples, each within the format's <see cref="Range"/>; not for format 8, which can't hold every step.</summary>
    /// <param name="bytes">Cleared, <see cref="BytesOf"/> long.</param>
    public static void Pack(int format, ReadOnlySpan<int> samples, Span<byte> bytes)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            int value = samples[i];
            switch (format)
            {
                case 16:
                    BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], (short)value);
                    break;
                case 24:
                    (bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
                    break;
                case 32:
                    BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 * i)..], value);
                    break;
                case 61:
                    BinaryPrimitives.WriteInt16BigEndian(bytes[(2 * i)..], (short)value);
                    break;
                case 80:
                    bytes[i] = (byte)(value + 128);
                    break;
                case 160:
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], (ushort)(value + 32768));
                    break;
                case 212:
                    Into212(bytes[(i / 2 * 3)..], i % 2, value);
                    break;
                case 310:
                    Into310(bytes[(i / 3 * 4)..], i % 3, value);
                    break;
                case 311:
                    Into311(bytes[(i / 3 * 4)..], i % 3, value);
                    break;
                default:
                    throw NotPacked(format);
            }
        }
    }

    private static int Of212(ReadOnlySpan<byte> group, int place) =>
        place == 0 ? Signed(group[0] | group[1] << 8, 12) : Signed(group[2] | group[1] >> 4 << 8, 12);

    private static void Into212(Span<byte> group, int place, int value)
    {
        group[place == 0 ? 0 : 2] = (byte)value;
        group[1] |= (byte)((value >> 8 & 0xF) << (place == 0 ? 0 : 4));
    }

    /// <summary>Two words, each with one sample in bits 1 to 10; the third sample is in what they leave at their top.</summary>
    private static int Of310(ReadOnlySpan<byte> group, int place) => place switch
    {
        0 => Signed((group[0] | group[1] << 8) >> 1, 10),
        1 => Signed((group[2] | group[3] << 8) >> 1, 10),
        _ => Signed(group[1] >> 3 | group[3] >> 3 << 5, 10),
    };

    private static void Into310(Span<byte> group, int place, int value)
    {
        if (place == 2)
        {
            group[1] |= (byte)(value << 3);
            group[3] |= (byte)(value >> 5 << 3);
            return;
        }
        group[2 * place] = (byte)(value << 1);
        group[2 * place + 1] = (byte)(value >> 7 & 7);
    }

    /// <summary>Three samples of ten bits, one behind the other.</summary>
    private static int Of311(ReadOnlySpan<byte> group, int place) => place switch
    {
        0 => Signed(group[0] | group[1] << 8, 10),
        1 => Signed(group[1] >> 2 | group[2] << 6, 10),
        _ => Signed(group[2] >> 4 | group[3] << 4, 10),
    };

    private static void Into311(Span<byte> group, int place, int value)
    {
        int bits = (value & 0x3FF) << (2 * place);
        group[place] |= (byte)bits;
        group[place + 1] |= (byte)(bits >> 8);
    }

    private static ArgumentOutOfRangeException NotPacked(int format) => new(nameof(format), format, "Not a packed format.");

    private static int Signed(int value, int bits) => value << (32 - bits) >> (32 - bits);
}
