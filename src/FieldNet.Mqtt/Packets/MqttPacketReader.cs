using System.Buffers.Binary;

namespace FieldNet.Mqtt.Packets;

/// <summary>Forward-only cursor over one packet's body.</summary>
/// <remarks>
/// Lifetime: spans given out alias the input.
/// Errors: a Try method that returns false leaves the cursor where it was.
/// Source: MQTT 5.0 section 1.5.
/// </remarks>
public ref struct MqttPacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[4..];
        return true;
    }

    public bool TryReadVarint(out int value)
    {
        if (MqttVarint.TryRead(_rest, out value, out var length) != FrameStatus.Complete)
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }

    public bool TryReadBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _rest.Length)
        {
            return false;
        }

        bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Two bytes of length and that many bytes (1.5.6).</summary>
    public bool TryReadBinary(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out var length) || _rest.Length - 2 < length)
        {
            return false;
        }

        bytes = _rest.Slice(2, length);
        _rest = _rest[(2 + length)..];
        return true;
    }

    /// <summary>A UTF-8 string (1.5.4): false as well when <see cref="MqttUtf8"/> does not allow it.</summary>
    public bool TryReadUtf8(out ReadOnlySpan<byte> utf8)
    {
        var before = _rest;
        if (TryReadBinary(out utf8) && MqttUtf8.IsValid(utf8))
        {
            return true;
        }

        _rest = before;
        utf8 = default;
        return false;
    }

    /// <summary>A property block (2.2.2): its bytes without the length. Empty before MQTT 5.</summary>
    public bool TryReadProperties(MqttProtocolVersion version, out ReadOnlySpan<byte> properties)
    {
        properties = default;
        if (version != MqttProtocolVersion.V5)
        {
            return true;
        }

        var before = _rest;
        if (TryReadVarint(out var length) && TryReadBytes(length, out properties))
        {
            return true;
        }

        _rest = before;
        return false;
    }
}
