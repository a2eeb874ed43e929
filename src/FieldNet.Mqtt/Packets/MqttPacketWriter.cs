using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;

namespace FieldNet.Mqtt.Packets;

/// <summary>Encodes one packet whose length is known beforehand.</summary>
/// <remarks>Shape: the whole packet goes into one span of the output, handed over by <see cref="Complete"/>.</remarks>
public ref struct MqttPacketWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly Span<byte> _target;
    private int _position;

    /// <param name="output">Where the packet goes.</param>
    /// <param name="header">The packet's first byte.</param>
    /// <param name="bodyBytes">The remaining length.</param>
    public MqttPacketWriter(IBufferWriter<byte> output, byte header, int bodyBytes)
    {
        _output = output;
        _target = output.GetSpan(PacketBytes(bodyBytes));
        _target[0] = header;
        _position = 1 + MqttVarint.Write(_target[1..], bodyBytes);
        _target = _target[..(_position + bodyBytes)];
    }

    /// <summary>Size on the wire of a packet with such a body.</summary>
    public static int PacketBytes(int bodyBytes) => 1 + MqttVarint.Length(bodyBytes) + bodyBytes;

    public void WriteByte(byte value) => _target[_position++] = value;

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_target[_position..], value);
        _position += 2;
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_target[_position..], value);
        _position += 4;
    }

    public void WriteVarint(int value) => _position += MqttVarint.Write(_target[_position..], value);

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[_position..]);
        _position += bytes.Length;
    }

    /// <summary>What a property block takes with its length; nothing before MQTT 5.</summary>
    public static int BlockBytes(ReadOnlySpan<byte> properties, MqttProtocolVersion version) =>
        version == MqttProtocolVersion.V5 ? MqttVarint.Length(properties.Length) + properties.Length : 0;

    /// <summary>A property block with its length; nothing before MQTT 5.</summary>
    public void WriteBlock(ReadOnlySpan<byte> properties, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V5)
        {
            WriteVarint(properties.Length);
            WriteRaw(properties);
        }
    }

    /// <summary>Two bytes of length and the bytes: a string or binary data.</summary>
    public void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteUInt16(checked((ushort)bytes.Length));
        WriteRaw(bytes);
    }

    public readonly void Complete()
    {
        Debug.Assert(_position == _target.Length, "The body is not as long as announced.");
        _output.Advance(_position);
    }
}
