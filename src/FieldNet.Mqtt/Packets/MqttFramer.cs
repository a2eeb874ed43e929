using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>Splits a byte stream into MQTT packets.</summary>
/// <remarks>
/// Units: sizes are bytes and count the fixed header too.
/// Errors: reported by <see cref="FrameStatus"/>; never throws and never allocates on what a peer sends.
/// Source: MQTT 5.0 sections 1.5.5 and 2.1.
/// </remarks>
public static class MqttFramer
{
    private const int MaxHeaderBytes = 1 + MqttVarint.MaxBytes;

    /// <summary>The fast path, for bytes that lie in one piece.</summary>
    /// <param name="buffer">Bytes received and not yet framed.</param>
    /// <param name="maxPacketBytes">Largest packet accepted.</param>
    /// <param name="header">The packet's first byte.</param>
    /// <param name="body">Everything behind the length; aliases the buffer.</param>
    /// <param name="packetBytes">How far to advance; 0 unless complete.</param>
    public static FrameStatus TryReadFrame(
        ReadOnlySpan<byte> buffer, int maxPacketBytes, out byte header, out ReadOnlySpan<byte> body, out int packetBytes)
    {
        body = default;
        packetBytes = 0;
        var status = TryReadHeader(buffer, maxPacketBytes, out header, out var start, out var length);
        if (status != FrameStatus.Complete)
        {
            return status;
        }

        if (buffer.Length - start < length)
        {
            return FrameStatus.Incomplete;
        }

        body = buffer.Slice(start, length);
        packetBytes = start + length;
        return FrameStatus.Complete;
    }

    /// <summary>For bytes that may span segments; on <see cref="FrameStatus.Complete"/> the buffer is advanced past the packet, otherwise untouched.</summary>
    /// <param name="buffer">Bytes received and not yet framed.</param>
    /// <param name="maxPacketBytes">Largest packet accepted.</param>
    /// <param name="header">The packet's first byte.</param>
    /// <param name="body">Everything behind the length; aliases the buffer.</param>
    public static FrameStatus TryReadFrame(
        ref ReadOnlySequence<byte> buffer, int maxPacketBytes, out byte header, out ReadOnlySequence<byte> body)
    {
        body = default;
        scoped var first = buffer.FirstSpan;
        Span<byte> joined = stackalloc byte[MaxHeaderBytes];
        if (first.Length < MaxHeaderBytes && buffer.Length > first.Length)
        {
            var available = (int)Math.Min(buffer.Length, MaxHeaderBytes);
            buffer.Slice(0, available).CopyTo(joined);
            first = joined[..available];
        }

        var status = TryReadHeader(first, maxPacketBytes, out header, out var start, out var length);
        if (status != FrameStatus.Complete)
        {
            return status;
        }

        if (buffer.Length - start < length)
        {
            return FrameStatus.Incomplete;
        }

        body = buffer.Slice(start, length);
        buffer = buffer.Slice(start + length);
        return FrameStatus.Complete;
    }

    private static FrameStatus TryReadHeader(ReadOnlySpan<byte> head, int maxPacketBytes, out byte header, out int start, out int length)
    {
        header = head.IsEmpty ? (byte)0 : head[0];
        start = 0;
        length = 0;
        if (head.Length < 2)
        {
            return FrameStatus.Incomplete;
        }

        var status = MqttVarint.TryRead(head[1..], out length, out var lengthBytes);
        start = 1 + lengthBytes;
        return status == FrameStatus.Complete && start + length > maxPacketBytes ? FrameStatus.TooLarge : status;
    }
}
