using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Builds a property block of any size, for packets that are not sent by the thousand.</summary>
internal sealed class PropertyBlock
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlySpan<byte> Bytes => _output.WrittenSpan;

    public PropertyBlock Byte(MqttPropertyId id, byte value) => Raw([(byte)id, value]);

    public PropertyBlock UInt16(MqttPropertyId id, int value) => Raw([(byte)id, (byte)(value >> 8), (byte)value]);

    public PropertyBlock UInt32(MqttPropertyId id, uint value)
    {
        Span<byte> bytes = [(byte)id, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
        return Raw(bytes);
    }

    /// <summary>Whole seconds; a duration too long to be named is one without end.</summary>
    public PropertyBlock Seconds(MqttPropertyId id, TimeSpan value) => UInt32(id, (uint)Math.Min(value.TotalSeconds, uint.MaxValue));

    public PropertyBlock Varint(MqttPropertyId id, int value)
    {
        Span<byte> bytes = [(byte)id, 0, 0, 0, 0];
        return Raw(bytes[..(1 + MqttVarint.Write(bytes[1..], value))]);
    }

    /// <summary>Leaves a null out.</summary>
    public PropertyBlock Text(MqttPropertyId id, string? value) => value is null ? this : Raw([(byte)id]).Binary(Encoding.UTF8.GetBytes(value));

    /// <summary>Leaves a null out.</summary>
    public PropertyBlock Binary(MqttPropertyId id, byte[]? value) => value is null ? this : Raw([(byte)id]).Binary(value);

    public PropertyBlock Pair(KeyValuePair<string, string> pair) =>
        Raw([(byte)MqttPropertyId.UserProperty]).Binary(Encoding.UTF8.GetBytes(pair.Key)).Binary(Encoding.UTF8.GetBytes(pair.Value));

    private PropertyBlock Binary(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_output.GetSpan(2), checked((ushort)value.Length));
        _output.Advance(2);
        return Raw(value);
    }

    private PropertyBlock Raw(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        return this;
    }
}
