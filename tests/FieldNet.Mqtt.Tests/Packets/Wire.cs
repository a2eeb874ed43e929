using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>Packets as bytes, and what the codec says of them.</summary>
internal static class Wire
{
    /// <summary>Judges a packet of MQTT 5 from a client, given its first byte and the hexadecimal of its body.</summary>
    public static MqttReasonCode Judge(
        byte header, string bodyHex, MqttProtocolVersion version = MqttProtocolVersion.V5, bool fromClient = true) =>
        MqttPacketRules.Check(header, Convert.FromHexString(bodyHex), version, fromClient);

    /// <summary>A string as it goes over the wire, with its length, in hexadecimal.</summary>
    public static string Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static string Text(byte[] utf8) => $"{utf8.Length:X4}{Convert.ToHexString(utf8)}";

    /// <summary>A property block with its length (up to 127 bytes), in hexadecimal.</summary>
    public static string Block(string propertiesHex) => $"{propertiesHex.Length / 2:X2}{propertiesHex}";

    /// <summary>The body of a CONNECT whose payload follows its header.</summary>
    public static string Connect(byte flags, string payloadHex, MqttProtocolVersion version = MqttProtocolVersion.V5, string properties = "") =>
        Text(version == MqttProtocolVersion.V31 ? "MQIsdp" : "MQTT")
        + $"{(int)version:X2}{flags:X2}003C"
        + (version == MqttProtocolVersion.V5 ? Block(properties) : "")
        + payloadHex;

    /// <summary>What a packet writes, whole, in hexadecimal.</summary>
    public static string Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Convert.ToHexString(output.WrittenSpan);
    }
}
