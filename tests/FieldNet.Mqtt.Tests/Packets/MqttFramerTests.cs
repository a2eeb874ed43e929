using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 section 2.1: fixed header and remaining length.</summary>
public sealed class MqttFramerTests
{
    private static readonly byte[] Publish = [0x30, 0x82, 0x01, .. Enumerable.Range(0, 130).Select(i => (byte)i)];

    [Fact]
    public void TryReadFrame_CutAtEachPoint_IsIncompleteAndUntouched()
    {
        for (var cut = 0; cut < Publish.Length; cut++)
        {
            var buffer = new ReadOnlySequence<byte>(Publish, 0, cut);

            Assert.Equal(FrameStatus.Incomplete, MqttFramer.TryReadFrame(ref buffer, 1000, out _, out _));
            Assert.Equal(cut, buffer.Length);
        }
    }

    [Fact]
    public void TryReadFrame_SplitAtEachPoint_IsTheSamePacket()
    {
        for (var cut = 1; cut < Publish.Length; cut++)
        {
            var buffer = Sequences.Of(Publish[..cut], [.. Publish[cut..], 0xC0]);

            Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(ref buffer, 1000, out var header, out var body));
            Assert.Equal(0x30, header);
            Assert.Equal(Publish[3..], body.ToArray());
            Assert.Equal([0xC0], buffer.ToArray());
        }
    }

    [Fact]
    public void TryReadFrame_OneByteSegments_IsTheSamePacket()
    {
        var buffer = Sequences.OneByteEach([.. Publish, 0xC0, 0x00]);

        Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(ref buffer, 1000, out _, out var body));
        Assert.Equal(Publish[3..], body.ToArray());
        Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(ref buffer, 1000, out var header, out body));
        Assert.Equal((0xC0, 0L, 0L), (header, body.Length, buffer.Length));
    }

    [Theory]
    [InlineData(133, FrameStatus.Complete)]
    [InlineData(132, FrameStatus.TooLarge)]
    public void TryReadFrame_LimitCountsTheFixedHeader(int maxPacketBytes, FrameStatus expected)
    {
        var buffer = new ReadOnlySequence<byte>(Publish);

        Assert.Equal(expected, MqttFramer.TryReadFrame(ref buffer, maxPacketBytes, out _, out _));
    }

    [Fact]
    public void TryReadFrame_LargeLengthAnnounced_IsTooLargeBeforeTheBodyCame()
    {
        var buffer = new ReadOnlySequence<byte>([0x30, 0xFF, 0xFF, 0xFF, 0x7F]);

        Assert.Equal(FrameStatus.TooLarge, MqttFramer.TryReadFrame(ref buffer, 256 * 1024, out _, out _));
    }

    [Theory]
    [InlineData("30FFFFFFFF")]
    [InlineData("308000")]
    public void TryReadFrame_BadLength_IsMalformed(string hex)
    {
        var buffer = new ReadOnlySequence<byte>(Convert.FromHexString(hex));

        Assert.Equal(FrameStatus.Malformed, MqttFramer.TryReadFrame(ref buffer, 1000, out _, out _));
    }
}
