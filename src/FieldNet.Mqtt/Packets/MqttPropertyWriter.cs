using System.Buffers.Binary;

namespace FieldNet.Mqtt.Packets;

/// <summary>Builds a property block, without its length, in the caller's memory.</summary>
/// <remarks>Errors: throws when the memory is too small; see <see cref="Utf8Bytes"/>.</remarks>
public ref struct MqttPropertyWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;
    private int _length;

    public readonly ReadOnlySpan<byte> Block => _target[.._length];

    /// <summary>What a string or binary property takes.</summary>
    public static int Utf8Bytes(int length) => 3 + length;

    /// <summary>What a user property takes.</summary>
    public static int PairBytes(int nameLength, int valueLength) => 5 + nameLength + valueLength;

    public void Byte(MqttPropertyId id, byte value)
    {
        _target[_length++] = (byte)id;
        _target[_length++] = value;
    }

    public void UInt16(MqttPropertyId id, ushort value)
    {
        _target[_length] = (byte)id;
        BinaryPrimitives.WriteUInt16BigEndian(_target[(_length + 1)..], value);
        _length += 3;
    }

    public void UInt32(MqttPropertyId id, uint value)
    {
        _target[_length] = (byte)id;
        BinaryPrimitives.WriteUInt32BigEndian(_target[(_length + 1)..], value);
        _length += 5;
    }

    public void Varint(MqttPropertyId id, int value)
    {
        _target[_length++] = (byte)id;
        _length += MqttVarint.Write(_target[_length..], value);
    }

    /// <summary>A string; binary data have the same form.</summary>
    public void Utf8(MqttPropertyId id, scoped ReadOnlySpan<byte> value)
    {
        _target[_length++] = (byte)id;
        Append(value);
    }

    public void UserProperty(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _target[_length++] = (byte)MqttPropertyId.UserProperty;
        Append(name);
        Append(value);
    }

    private void Append(scoped ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_target[_length..], checked((ushort)value.Length));
        value.CopyTo(_target[(_length + 2)..]);
        _length += 2 + value.Length;
    }
}
