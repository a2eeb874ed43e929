using System.Buffers.Binary;
using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>Reads annotation files in the MIT format.</summary>
/// <remarks>Source: WFDB Applications Guide, annot(5).</remarks>
public static class WfdbAnnotations
{
    private const int Skip = 59, Number = 60, Subtype = 61, Channel = 62, Auxiliary = 63;

    /// <exception cref="WfdbFormatException">The file ends inside an annotation.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyList<WfdbAnnotation> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        List<WfdbAnnotation> annotations = [];
        long time = 0;
        // Channel and number hold until the next that changes them; subtype and text belong to one annotation.
        int at = 0, channel = 0, number = 0;
        while (at + 2 <= bytes.Length)
        {
            int word = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
            int code = word >> 10, value = word & 0x3FF;
            if (word == 0)
            {
                break;
            }
            switch (code)
            {
                case Skip:
                    // A 32-bit interval in PDP-11 order: high word first, each little-endian.
                    var interval = Take(4);
                    time += BinaryPrimitives.ReadInt16LittleEndian(interval) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(interval[2..]);
                    break;
                case Number:
                    number = SignedByte(value);
                    Amend(a => a with { Number = number });
                    break;
                case Subtype:
                    Amend(a => a with { Subtype = SignedByte(value) });
                    break;
                case Channel:
                    channel = value & 0xFF;
                    Amend(a => a with { Channel = channel });
                    break;
                case Auxiliary:
                    string text = Encoding.Latin1.GetString(Take(value)).TrimEnd('\0');
                    at += value & 1;
                    Amend(a => a with { Text = text });
                    break;
                default:
                    time += value;
                    annotations.Add(new(time, code, 0, channel, number, ""));
                    break;
            }
        }
        return annotations;

        ReadOnlySpan<byte> Take(int count)
        {
            if (at + count > bytes.Length)
            {
                throw new WfdbFormatException(path, 0, $"ends inside the annotation at byte {at}");
            }
            at += count;
            return bytes.AsSpan(at - count, count);
        }

        void Amend(Func<WfdbAnnotation, WfdbAnnotation> change)
        {
            if (annotations.Count > 0)
            {
                annotations[^1] = change(annotations[^1]);
            }
        }
    }

    private static int SignedByte(int value) => (sbyte)(value & 0xFF);
}
