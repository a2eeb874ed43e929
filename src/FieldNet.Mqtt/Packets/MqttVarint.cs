namespace FieldNet.Mqtt.Packets;

/// <summary>The variable byte integer.</summary>
/// <remarks>Source: MQTT 5.0 section 1.5.5: at most four bytes, and the fewest that hold the value.</remarks>
public static class MqttVarint
{
    public const int MaxBytes = 4;
    public const int MaxValue = 268_435_455;

    /// <returns><see cref="FrameStatus.Complete"/>, <see cref="FrameStatus.Incomplete"/> or <see cref="FrameStatus.Malformed"/>.</returns>
    public static FrameStatus TryRead(ReadOnlySpan<byte> source, out int value, out int length)
    {
        value = 0;
        length = 0;
        for (var i = 0; i < MaxBytes; i++)
        {
            if (i >= source.Length)
            {
                return FrameStatus.Incomplete;
            }

            var b = source[i];
            value |= (b & 0x7F) << (7 * i);
            if ((b & 0x80) == 0)
            {
                length = i + 1;
                // A last byte of zero behind others means that fewer would have done.
                return b == 0 && i > 0 ? FrameStatus.Malformed : FrameStatus.Complete;
            }
        }

        return FrameStatus.Malformed;
    }

    public static int Length(int value) => value switch
    {
        < 0x80 => 1,
        < 0x4000 => 2,
        < 0x20_0000 => 3,
        _ => 4,
    };

    /// <returns>How many bytes were used.</returns>
    public static int Write(Span<byte> target, int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)MaxValue, nameof(value));
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[i++] = (byte)(value | 0x80);
        }

        target[i++] = (byte)value;
        return i;
    }
}
