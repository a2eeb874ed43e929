using System.Buffers.Binary;
using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>Annotation files in the format of the AHA database: 16 bytes each.</summary>
/// <remarks>
/// Shape: nothing, the AHA code as a letter, the time as in the MIT format, a serial number; then, if WFDB wrote it, subtype, MIT code and six
/// characters. Only then is the time in samples; on the original tapes it is in milliseconds, and is given as such. Source: annot(5).
/// </remarks>
internal static class AhaAnnotations
{
    private const int Bytes = 16;

    /// <summary>AHA letters and the MIT codes that they stand for.</summary>
    private static readonly Dictionary<char, int> Codes = new()
    {
        ['N'] = 1, ['V'] = 5, ['F'] = 6, ['E'] = 10, ['P'] = 12, ['Q'] = 13, ['U'] = 14, ['O'] = 22, ['['] = 32, [']'] = 33, ['R'] = 41,
    };

    /// <summary>Whether the file's first annotations have the shape; leaves it at its start.</summary>
    public static bool Are(Stream file)
    {
        Span<byte> start = stackalloc byte[4 * Bytes];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        bool are = length >= Bytes && file.Length % Bytes == 0;
        for (int at = 0; at + Bytes <= length; at += Bytes)
        {
            are &= start[at] == 0 && Codes.ContainsKey((char)start[at + 1]);
        }
        return are;
    }

    public static IEnumerable<WfdbAnnotation> Read(Stream file, string path)
    {
        byte[] bytes = new byte[Bytes];
        while (file.ReadAtLeast(bytes, Bytes, throwOnEndOfStream: false) is var read && read > 0)
        {
            if (read < Bytes || !Codes.TryGetValue((char)bytes[1], out int code))
            {
                throw new WfdbFormatException(path, 0, "ends inside an annotation, or has one of an unknown code");
            }
            int time = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(2)) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(4));
            int number = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6));
            string text = Encoding.Latin1.GetString(bytes, 10, 6).TrimEnd('\0');
            yield return new(time, bytes[9] > 0 ? bytes[9] : code, (sbyte)bytes[8], 0, number, text);
        }
    }
}
