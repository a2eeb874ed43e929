using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 section 1.5.5, table 1-1.</summary>
public sealed class MqttVarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void TryRead_BoundariesOfTheStandard_AreReadAndWritten(int value, string hex)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Equal(FrameStatus.Complete, MqttVarint.TryRead(bytes, out var read, out var length));
        var written = new byte[4];
        var writtenLength = MqttVarint.Write(written, value);

        Assert.Equal((value, bytes.Length), (read, length));
        Assert.Equal(bytes, written[..writtenLength]);
        Assert.Equal(bytes.Length, MqttVarint.Length(value));
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("FF00")]
    [InlineData("808000")]
    [InlineData("FFFFFF80")]
    [InlineData("8080808001")]
    public void TryRead_OverLong_IsMalformed(string hex) =>
        Assert.Equal(FrameStatus.Malformed, MqttVarint.TryRead(Convert.FromHexString(hex), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("FFFFFF")]
    public void TryRead_CutShort_IsIncomplete(string hex) =>
        Assert.Equal(FrameStatus.Incomplete, MqttVarint.TryRead(Convert.FromHexString(hex), out _, out _));
}
