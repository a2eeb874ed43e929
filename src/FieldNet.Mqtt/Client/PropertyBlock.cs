using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Builds a property block of any size, for packets that are not sent by the thousand; leaves nulls out.</summary>
internal sealed class PropertyBlock
{
    private const int NumberBytes = 5;

    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlySpan<byte> Bytes => _output.WrittenSpan;

    public PropertyBlock Byte(MqttPropertyId id, byte value)
    {
        var writer = Writer(NumberBytes);
        writer.Byte(id, value);
        return Added(writer);
    }

    public PropertyBlock UInt16(MqttPropertyId id, int value)
    {
        var writer = Writer(NumberBytes);
        writer.UInt16(id, checked((ushort)value));
        return Added(writer);
    }

    public PropertyBlock UInt32(MqttPropertyId id, uint value)
    {
        var writer = Writer(NumberBytes);
        writer.UInt32(id, value);
        return Added(writer);
    }

    public PropertyBlock Varint(MqttPropertyId id, int value)
    {
        var writer = Writer(NumberBytes);
        writer.Varint(id, value);
        return Added(writer);
    }

    /// <summary>Whole seconds; a duration too long to be named is one without end.</summary>
    public PropertyBlock Seconds(MqttPropertyId id, TimeSpan value) => UInt32(id, (uint)Math.Min(value.TotalSeconds, uint.MaxValue));

    public PropertyBlock Text(MqttPropertyId id, string? value) => Binary(id, value is null ? null : Encoding.UTF8.GetBytes(value));

    public PropertyBlock Binary(MqttPropertyId id, byte[]? value)
    {
        if (value is null)
        {
            return this;
        }

        var writer = Writer(MqttPropertyWriter.Utf8Bytes(value.Length));
        writer.Utf8(id, value);
        return Added(writer);
    }

    public PropertyBlock Pair(KeyValuePair<string, string> pair)
    {
        var (name, value) = (Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value));
        var writer = Writer(MqttPropertyWriter.PairBytes(name.Length, value.Length));
        writer.UserProperty(name, value);
        return Added(writer);
    }

    private MqttPropertyWriter Writer(int bytes) => new(_output.GetSpan(bytes));

    private PropertyBlock Added(in MqttPropertyWriter writer)
    {
        _output.Advance(writer.Block.Length);
        return this;
    }
}
