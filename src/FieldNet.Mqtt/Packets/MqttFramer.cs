using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>Splits a byte stream into MQTT packets.</summary>
/// <remarks>
/// Shape: the buffer may span segments; on <see cref="FrameStatus.Complete"/> it is advanced past the packet, otherwise untouched.
/// Units: sizes are bytes and count the fixed header too.
/// Errors: reported by <see cref="FrameStatus"/>; never throws and never allocates on what a peer sends.
/// Source: MQTT 5.0 sections 1.5.5 and 2.1.
/// </remarks>
public static class MqttFramer
{
    private const int MaxHeaderBytes = 1 + MqttVarint.MaxBytes;

    /// <param name="buffer">Bytes received and not yet framed.</param>
    /// <param name="maxPacketBytes">Largest packet accepted.</param>
    /// <param name="header">The packet's first byte.</param>
    /// <param name="body">Everything behind the length; aliases the buffer.</param>
    public static FrameStatus TryReadFrame(
        ref ReadOnlySequence<byte> buffer, int maxPacketBytes, out byte header, out ReadOnlySequence<byte> body)
    {
        header = 0;
        body = default;
        if (buffer.IsEmpty)
        {
            return FrameStatus.Incomplete;
        }

        var first = buffer.FirstSpan;
        if (first.Length < MaxHeaderBytes && buffer.Length > first.Length)
        {
            Span<byte> joined = stackalloc byte[MaxHeaderBytes];
            var length = (int)Math.Min(buffer.Length, MaxHeaderBytes);
            buffer.Slice(0, length).CopyTo(joined);
            return Take(ref buffer, joined[..length], maxPacketBytes, out header, out body);
        }

        return Take(ref buffer, first, maxPacketBytes, out header, out body);
    }

    private static FrameStatus Take(
        ref ReadOnlySequence<byte> buffer, ReadOnlySpan<byte> head, int maxPacketBytes, out byte header, out ReadOnlySequence<byte> body)
    {
        header = head[0];
        body = default;
        switch (MqttVarint.TryRead(head[1..], out var length, out var lengthBytes))
        {
            case FrameStatus.Incomplete:
                return FrameStatus.Incomplete;
            case FrameStatus.Malformed:
                return FrameStatus.Malformed;
        }

        var start = 1 + lengthBytes;
        var total = start + length;
        if (total > maxPacketBytes)
        {
            return FrameStatus.TooLarge;
        }

        if (buffer.Length < total)
        {
            return FrameStatus.Incomplete;
        }

        body = buffer.Slice(start, length);
        buffer = buffer.Slice(total);
        return FrameStatus.Complete;
    }
}
