using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>The gate: 0 B a message for what is done to every PUBLISH, in code optimised or not.</summary>
public sealed class AllocationTests
{
    private const int Times = 1000;

    private static readonly byte[] Packet = Convert.FromHexString(Wire.Written(o => Message().Write(o, MqttProtocolVersion.V5)));

    [Fact]
    public void FrameAndRead_FromASpan_AllocatesNothing() => AssertNothing(static () =>
    {
        MqttFramer.TryReadFrame(Packet, 1000, out var header, out var body, out _);
        return Read(header, body);
    });

    [Fact]
    public void FrameAndRead_FromASequence_AllocatesNothing() => AssertNothing(static () =>
    {
        var buffer = new ReadOnlySequence<byte>(Packet);
        MqttFramer.TryReadFrame(ref buffer, 1000, out var header, out var body);
        return Read(header, body.FirstSpan);
    });

    [Fact]
    public void FrameAndRead_FromSegments_AllocatesNothing()
    {
        var segments = Sequences.Of(Packet[..1], Packet[1..2], Packet[2..]);
        AssertNothing(() =>
        {
            var buffer = segments;
            MqttFramer.TryReadFrame(ref buffer, 1000, out var header, out var body);
            return Read(header, body.FirstSpan);
        });
    }

    [Fact]
    public void Write_PublishAndAcknowledgement_AllocatesNothing()
    {
        var output = new ArrayBufferWriter<byte>(1024);
        AssertNothing(() =>
        {
            output.ResetWrittenCount();
            Message().Write(output, MqttProtocolVersion.V5);
            new AckPacket(1, MqttReasonCode.Success).Write(output, MqttProtocolVersion.V5);
            return MqttReasonCode.Success;
        });
    }

    [Fact]
    public void Matches_ATopic_AllocatesNothing() => AssertNothing(static () =>
        MqttTopic.IsValidFilter("fieldnet/v1/+/+/bed-3/#"u8, 8) && MqttTopic.Matches("fieldnet/v1/+/+/bed-3/#"u8, "fieldnet/v1/a/b/bed-3/mon1/vitals"u8)
            ? MqttReasonCode.Success
            : MqttReasonCode.UnspecifiedError);

    private static PublishPacket Message() => new()
    {
        Qos = 1,
        PacketId = 1,
        Topic = "fieldnet/v1/s/w/b/d/vitals"u8,
        Properties = [3, 0, 1, 97, 2, 0, 0, 0, 9, 38, 0, 1, 97, 0, 1, 98],
        OwnProperties = [35, 0, 1],
        RemainingExpirySeconds = 4,
        Payload = "0123456789"u8,
    };

    private static MqttReasonCode Read(byte header, ReadOnlySpan<byte> body)
    {
        return MqttFixedHeader.IsValid(header, MqttProtocolVersion.V5)
            && PublishPacket.Read(header, body, MqttProtocolVersion.V5, MqttPropertyRules.PublishToServer, out var packet) == MqttReasonCode.Success
            && MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.TopicAlias, out _)
            ? MqttReasonCode.Success
            : MqttReasonCode.UnspecifiedError;
    }

    private static void AssertNothing(Func<MqttReasonCode> step)
    {
        Assert.Equal(MqttReasonCode.Success, step());
        Assert.Equal(0, Allocations.LeastOf(() =>
        {
            for (var i = 0; i < Times; i++)
            {
                step();
            }
        }));
    }
}
