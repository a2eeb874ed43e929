using System.Buffers.Binary;
using System.Text;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>Packets as a client sends them, written straight from the standard: FieldNet's own encoder has no part in them.</summary>
/// <remarks>Shape: a property block is given without its length; it is left out before MQTT 5.</remarks>
internal static class Wire
{
    public const byte V311 = 4;
    public const byte V5 = 5;

    public static readonly byte[] Ping = [0xC0, 0];

    public static byte[] Packet(byte header, params ReadOnlySpan<byte[]> parts)
    {
        byte[] body = Join(parts);
        return [header, .. Varint(body.Length), .. body];
    }

    public static byte[] Connect(
        byte version,
        string clientId,
        bool clean = true,
        ushort keepAlive = 0,
        byte[]? properties = null,
        LastWill? will = null,
        string? userName = null,
        byte[]? password = null)
    {
        var flags = (clean ? 0x02 : 0)
            | (will is null ? 0 : 0x04 | (will.Qos << 3) | (will.Retain ? 0x20 : 0))
            | (password is null ? 0 : 0x40)
            | (userName is null ? 0 : 0x80);
        return Packet(
            0x10,
            Utf8("MQTT"),
            [version, (byte)flags],
            UInt16(keepAlive),
            Block(version, properties),
            Utf8(clientId),
            will is null ? [] : Join(Block(version, will.Properties), Utf8(will.Topic), Binary(Encoding.UTF8.GetBytes(will.Payload))),
            userName is null ? [] : Utf8(userName),
            password is null ? [] : Binary(password));
    }

    public static byte[] Publish(
        byte version, string topic, string payload, byte qos = 0, ushort id = 0, bool retain = false, bool duplicate = false, byte[]? properties = null) =>
        Packet(
            (byte)(0x30 | (duplicate ? 8 : 0) | (qos << 1) | (retain ? 1 : 0)),
            Utf8(topic),
            qos == 0 ? [] : UInt16(id),
            Block(version, properties),
            Encoding.UTF8.GetBytes(payload));

    public static byte[] Subscribe(byte version, ushort id, byte[]? properties, params (string Filter, byte Options)[] filters)
    {
        byte[] payload = [];
        foreach (var (filter, options) in filters)
        {
            payload = [.. payload, .. Utf8(filter), options];
        }

        return Packet(0x82, UInt16(id), Block(version, properties), payload);
    }

    public static byte[] Unsubscribe(byte version, ushort id, params ReadOnlySpan<string> filters)
    {
        byte[] payload = [];
        foreach (var filter in filters)
        {
            payload = [.. payload, .. Utf8(filter)];
        }

        return Packet(0xA2, UInt16(id), Block(version, null), payload);
    }

    /// <summary>PUBACK (4), PUBREC (5), PUBREL (6) or PUBCOMP (7).</summary>
    public static byte[] Answer(byte type, ushort id, byte reason = 0) =>
        Packet((byte)((type << 4) | (type == Heard.PubRel ? 2 : 0)), UInt16(id), reason == 0 ? [] : [reason]);

    public static byte[] Disconnect(byte reason = 0, byte[]? properties = null) =>
        properties is null
            ? Packet(0xE0, reason == 0 ? [] : [reason])
            : Packet(0xE0, [reason], Block(V5, properties));

    public static byte[] Block(byte version, byte[]? properties) =>
        version < V5 ? [] : [.. Varint(properties?.Length ?? 0), .. properties ?? []];

    public static byte[] Utf8(string text) => Binary(Encoding.UTF8.GetBytes(text));

    public static byte[] Binary(ReadOnlySpan<byte> bytes) => [.. UInt16((ushort)bytes.Length), .. bytes];

    public static byte[] UInt16(ushort value) => [(byte)(value >> 8), (byte)value];

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    public static byte[] Join(params ReadOnlySpan<byte[]> parts)
    {
        List<byte> all = [];
        foreach (var part in parts)
        {
            all.AddRange(part);
        }

        return [.. all];
    }
}
