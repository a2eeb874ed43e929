using System.Buffers.Binary;
using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>Writes an annotation file in the MIT format.</summary>
/// <remarks>Source: WFDB Applications Guide, annot(5).</remarks>
public static class WfdbAnnotationWriter
{
    private const int Skip = 59, Number = 60, Subtype = 61, Channel = 62, Auxiliary = 63;

    /// <summary>Longest text of an annotation, bytes; the rest is cut.</summary>
    private const int MostText = 255;

    /// <param name="annotations">In the order of their samples.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IEnumerable<WfdbAnnotation> annotations)
    {
        using var file = new BufferedStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
        long time = 0;
        int channel = 0, number = 0;
        foreach (var annotation in annotations)
        {
            WriteInterval(file, annotation.Code, annotation.Sample - time);
            time = annotation.Sample;
            if (annotation.Subtype != 0)
            {
                WriteWord(file, Subtype, annotation.Subtype & 0xFF);
            }
            if (annotation.Channel != channel)
            {
                WriteWord(file, Channel, channel = annotation.Channel & 0xFF);
            }
            if (annotation.Number != number)
            {
                WriteWord(file, Number, annotation.Number & 0xFF);
                number = annotation.Number;
            }
            WriteText(file, annotation.Text);
        }
        WriteWord(file, 0, 0);
    }

    private static void WriteInterval(Stream file, int code, long interval)
    {
        const int mostInWord = 0x3FF;
        Span<byte> bytes = stackalloc byte[4];
        while (interval is < 0 or > mostInWord)
        {
            int skip = (int)Math.Clamp(interval, int.MinValue, int.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)(skip >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)skip);
            WriteWord(file, Skip, 0);
            file.Write(bytes);
            interval -= skip;
        }
        WriteWord(file, code, (int)interval);
    }

    private static void WriteText(Stream file, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text.Length > MostText ? text[..MostText] : text);
        if (bytes.Length > 0)
        {
            WriteWord(file, Auxiliary, bytes.Length);
            file.Write(bytes);
            if (bytes.Length % 2 == 1)
            {
                file.WriteByte(0);
            }
        }
    }

    private static void WriteWord(Stream file, int code, int value)
    {
        file.WriteByte((byte)value);
        file.WriteByte((byte)(code << 2 | value >> 8));
    }
}
