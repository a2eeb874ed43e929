using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 section 1.5.4: UTF-8 strings.</summary>
public sealed class MqttPacketReaderTests
{
    [Fact]
    public void TryReadUtf8_ExampleOfTheStandard_IsRead()
    {
        // 1.5.4, table 1-2: U+0041 U+2A6D4.
        var reader = new MqttPacketReader([0x00, 0x05, 0x41, 0xF0, 0xAA, 0x9B, 0x94]);

        Assert.True(reader.TryReadUtf8(out var utf8));
        Assert.Equal("A\U0002A6D4"u8, utf8);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("000100", "MQTT-1.5.4-2: U+0000")]
    [InlineData("0003EDA080", "MQTT-1.5.4-1: surrogate")]
    [InlineData("0001C3", "cut short")]
    [InlineData("0002C0AF", "over-long")]
    [InlineData("0004F4908080", "above U+10FFFF")]
    [InlineData("000541", "longer than the packet")]
    [InlineData("00", "no length")]
    public void TryReadUtf8_Bad_IsFalseAndDoesNotMove(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex);
        var reader = new MqttPacketReader(bytes);

        Assert.False(reader.TryReadUtf8(out _), why);
        Assert.Equal(bytes.Length, reader.Rest.Length);
    }

    [Fact]
    public void TryReadUtf8_ByteOrderMark_IsKept()
    {
        // MQTT-1.5.4-3: 0xEF 0xBB 0xBF is U+FEFF wherever it appears.
        var reader = new MqttPacketReader([0, 3, 0xEF, 0xBB, 0xBF]);

        Assert.True(reader.TryReadUtf8(out var utf8));
        Assert.Equal(3, utf8.Length);
    }
}
