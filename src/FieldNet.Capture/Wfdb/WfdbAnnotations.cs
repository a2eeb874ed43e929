using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>Reads annotation files, in the MIT and in the AHA format, one annotation after the other.</summary>
/// <remarks>
/// Shape: notes by which a file describes itself (its time resolution, its own codes) are not annotations. A file with a time resolution
/// of its own counts in that, not in the record's frames. Source: WFDB Applications Guide, annot(5).
/// </remarks>
public static class WfdbAnnotations
{
    private const int Note = 22, Skip = 59, Number = 60, Subtype = 61, Channel = 62, Auxiliary = 63;

    /// <param name="framesPerSecond">Carries the times of a file with a resolution of its own to the record's frames; null leaves them.</param>
    /// <exception cref="WfdbFormatException">While enumerating: the file ends inside an annotation.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IEnumerable<WfdbAnnotation> Read(string path, double? framesPerSecond = null)
    {
        using var file = new BufferedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), 1 << 16);
        double ticksPerSecond = 0;
        bool defining = false;
        foreach (var annotation in AhaAnnotations.Are(file) ? AhaAnnotations.Read(file, path) : Mit(file, path))
        {
            if (annotation is { Sample: 0, Code: Note } && (defining || annotation.Text.StartsWith("## ", StringComparison.Ordinal)))
            {
                const string resolution = "## time resolution: ";
                if (annotation.Text.StartsWith(resolution, StringComparison.Ordinal)
                    && double.TryParse(annotation.Text[resolution.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out double ticks))
                {
                    ticksPerSecond = ticks;
                }
                defining = annotation.Text == "## annotation type definitions" || (defining && annotation.Text != "## end of definitions");
                continue;
            }
            yield return framesPerSecond is { } frames && ticksPerSecond > 0 && double.IsFinite(ticksPerSecond)
                ? annotation with { Sample = (long)Math.Round(annotation.Sample * frames / ticksPerSecond) } : annotation;
        }
    }

    private static IEnumerable<WfdbAnnotation> Mit(Stream file, string path)
    {
        byte[] bytes = new byte[1024];
        WfdbAnnotation? current = null;
        long time = 0;
        // Channel and number hold until the next that changes them; subtype and text belong to one annotation.
        int channel = 0, number = 0;
        for (int word = Word(file, bytes, path); word > 0; word = Word(file, bytes, path))
        {
            int code = word >> 10, value = word & 0x3FF;
            switch (code)
            {
                case Skip:
                    // A 32-bit interval in PDP-11 order: high word first, each little-endian.
                    Fill(file, bytes.AsSpan(0, 4), path);
                    time += BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2));
                    break;
                case Number:
                    number = SignedByte(value);
                    current = current is { } numbered ? numbered with { Number = number } : null;
                    break;
                case Subtype:
                    current = current is { } typed ? typed with { Subtype = SignedByte(value) } : null;
                    break;
                case Channel:
                    channel = value & 0xFF;
                    current = current is { } channelled ? channelled with { Channel = channel } : null;
                    break;
                case Auxiliary:
                    Fill(file, bytes.AsSpan(0, value + (value & 1)), path);
                    string text = Encoding.Latin1.GetString(bytes, 0, value).TrimEnd('\0');
                    current = current is { } noted ? noted with { Text = text } : null;
                    break;
                default:
                    if (current is { } whole)
                    {
                        yield return whole;
                    }
                    time += value;
                    current = new(time, code, 0, channel, number, "");
                    break;
            }
        }
        if (current is { } last)
        {
            yield return last;
        }
    }

    /// <summary>0 at the end of the annotations, which is a word of 0 or the end of the file.</summary>
    private static int Word(Stream file, byte[] bytes, string path)
    {
        int first = file.ReadByte();
        if (first < 0)
        {
            return 0;
        }
        Fill(file, bytes.AsSpan(0, 1), path);
        return first | bytes[0] << 8;
    }

    private static void Fill(Stream file, Span<byte> bytes, string path)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new WfdbFormatException(path, 0, "ends inside an annotation");
        }
    }

    private static int SignedByte(int value) => (sbyte)(value & 0xFF);
}
