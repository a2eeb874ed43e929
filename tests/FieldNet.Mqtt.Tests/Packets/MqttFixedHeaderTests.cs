using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 section 2.1.3, table 2-2, and 3.3.1 for PUBLISH.</summary>
public sealed class MqttFixedHeaderTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public void IsValid_EachByte_IsAsTheTableSays(MqttProtocolVersion version)
    {
        for (var header = 0; header < 256; header++)
        {
            var (type, flags) = (header >> 4, header & 15);
            var expected = type switch
            {
                0 => false,
                3 => flags is not (0b0110 or 0b0111 or 0b1110 or 0b1111 or 0b1000 or 0b1001),
                6 or 8 or 10 => flags == 2,
                15 => version == MqttProtocolVersion.V5 && flags == 0,
                _ => flags == 0,
            };

            Assert.True(expected == MqttFixedHeader.IsValid((byte)header, version), $"{header:X2}");
        }
    }

    [Theory]
    [InlineData(0, false, false, 0x30)]
    [InlineData(1, true, false, 0x33)]
    [InlineData(1, false, true, 0x3A)]
    public void OfPublish_Flags_AreInTheirPlaces(byte qos, bool retain, bool duplicate, byte expected) =>
        Assert.Equal(expected, MqttFixedHeader.OfPublish(qos, retain, duplicate));
}
