using System.Buffers.Binary;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What MQTT demands of PUBLISH, by the identifiers of MQTT 5.0 that their tests begin with.</summary>
public sealed class PublishRuleTests
{
    private const string T = "000174";

    [Fact]
    public void MQTT_2_2_1_2_Write_Qos0_HasNoPacketIdentifier() =>
        Assert.Equal("3004" + T + "00", Wire.Written(o => new PublishPacket { Topic = "t"u8, PacketId = 7 }.Write(o, MqttProtocolVersion.V5)));

    [Theory]
    [InlineData(0x32)]
    [InlineData(0x34)]
    public void MQTT_2_2_1_4_Read_PacketIdentifierZero_IsAProtocolError(byte header) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(header, T + "000000"));

    [Fact]
    public void MQTT_2_2_2_1_Write_NoProperties_AreALengthOfZero() =>
        Assert.EndsWith("00", Wire.Written(o => new PublishPacket { Topic = "t"u8 }.Write(o, MqttProtocolVersion.V5)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0x38)]
    [InlineData(0x39)]
    public void MQTT_3_3_1_2_Read_DuplicateAtQos0_IsMalformed(byte header) =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(header, T + "00"));

    [Theory]
    [InlineData(0x36)]
    [InlineData(0x3E)]
    public void MQTT_3_3_1_4_Read_Qos3_IsMalformed(byte header) =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(header, T + "000100"));

    [Theory]
    [InlineData("a/+")]
    [InlineData("#")]
    public void MQTT_3_3_2_2_Read_WildcardInTheTopic_IsAnInvalidTopicName(string topic) =>
        Assert.Equal(MqttReasonCode.TopicNameInvalid, Wire.Judge(0x30, Wire.Text(topic) + "00"));

    [Theory]
    [InlineData("", MqttReasonCode.ProtocolError)]
    [InlineData("230001", MqttReasonCode.Success)]
    public void Read_EmptyTopic_NeedsAnAlias(string properties, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x30, "0000" + Wire.Block(properties)));

    [Theory]
    [InlineData("0100", MqttReasonCode.Success)]
    [InlineData("0101", MqttReasonCode.Success)]
    [InlineData("0102", MqttReasonCode.ProtocolError)]
    public void Read_PayloadFormat_IsZeroOrOne(string properties, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x30, T + Wire.Block(properties)));

    [Fact]
    public void MQTT_3_3_2_8_Read_TopicAliasZero_IsAnInvalidAlias() =>
        Assert.Equal(MqttReasonCode.TopicAliasInvalid, Wire.Judge(0x30, T + Wire.Block("230000")));

    [Theory]
    [InlineData("a/#")]
    [InlineData("+")]
    [InlineData("")]
    public void MQTT_3_3_2_14_Read_ResponseTopicThatIsNoName_IsAProtocolError(string topic) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(0x30, T + Wire.Block("08" + Wire.Text(topic))));

    [Theory]
    [InlineData(true, MqttReasonCode.ProtocolError)]
    [InlineData(false, MqttReasonCode.Success)]
    public void MQTT_3_3_4_6_Read_SubscriptionIdentifier_NotFromAClient(bool fromClient, MqttReasonCode expected)
    {
        Assert.Equal(expected, Wire.Judge(0x30, T + Wire.Block("0B05"), fromClient: fromClient));
        Assert.Equal(expected, Wire.Judge(0x30, T + Wire.Block("0B05" + "0BFFFFFF7F"), fromClient: fromClient));
    }

    [Theory]
    [InlineData("0B00", MqttReasonCode.ProtocolError)]
    [InlineData("0B8000", MqttReasonCode.MalformedPacket)]
    [InlineData("0BFFFFFFFF01", MqttReasonCode.MalformedPacket)]
    public void Read_SubscriptionIdentifierOutOfRange_IsRefused(string properties, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x30, T + Wire.Block(properties), fromClient: false));

    [Theory]
    [InlineData("01010101")]
    [InlineData("02000000010200000001")]
    [InlineData("0300016103000161")]
    [InlineData("0800016108000161")]
    [InlineData("0900016109000161")]
    [InlineData("230001230001")]
    public void Read_PropertyTwice_IsAProtocolError(string properties) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(0x30, T + Wire.Block(properties)));

    [Fact]
    public void Read_PropertyOfAnotherPacket_IsMalformed()
    {
        // 2.2.2.2: every identifier but those of PUBLISH.
        for (var id = 0; id < 128; id++)
        {
            if ((MqttPropertyId)id is MqttPropertyId.PayloadFormatIndicator or MqttPropertyId.MessageExpiryInterval or MqttPropertyId.ContentType
                or MqttPropertyId.ResponseTopic or MqttPropertyId.CorrelationData or MqttPropertyId.SubscriptionIdentifier
                or MqttPropertyId.TopicAlias or MqttPropertyId.UserProperty)
            {
                continue;
            }

            Assert.True(MqttReasonCode.MalformedPacket == Wire.Judge(0x30, T + Wire.Block($"{id:X2}0001610001620000")), $"{id}");
        }
    }

    [Fact]
    public void MQTT_3_3_2_4_And_3_3_2_15_And_3_3_2_16_And_3_3_2_17_And_3_3_2_18_And_3_3_2_20_CopyOnly_Forwarded_KeepsValuesAndOrder()
    {
        const string kept = "0101" + "26000161000131" + "0300026373" + "26000161000132" + "08000172" + "090002CAFE" + "020000000A";
        var properties = Convert.FromHexString("230003" + kept[..18] + "0B07" + kept[18..] + "1800000001");
        var target = new byte[properties.Length];

        var length = MqttPropertyRules.CopyOnly(properties, MqttPropertyRules.Forwarded, target);

        Assert.Equal(kept, Convert.ToHexString(target.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(null, 10u)]
    [InlineData(3u, 3u)]
    public void MQTT_3_3_2_6_And_3_3_4_3_Write_StoredMessageToOneSubscriber_HasItsOwnPropertiesAndTheRemainingExpiry(uint? remaining, uint expected)
    {
        var stored = Convert.FromHexString("0101" + "020000000A" + "26000161000162");
        var own = new MqttPropertyWriter(new byte[16]);
        own.UInt16(MqttPropertyId.TopicAlias, 4);
        own.Varint(MqttPropertyId.SubscriptionIdentifier, 200);
        own.Varint(MqttPropertyId.SubscriptionIdentifier, 1);
        var ownBlock = own.Block.ToArray();

        var written = Convert.FromHexString(Wire.Written(o =>
        {
            var packet = new PublishPacket
            {
                Qos = 1, PacketId = 9, Properties = stored, OwnProperties = ownBlock, RemainingExpirySeconds = remaining, Payload = "p"u8,
            };
            packet.Write(o, MqttProtocolVersion.V5);
            Assert.Equal(packet.PacketBytes(MqttProtocolVersion.V5), ((System.Buffers.ArrayBufferWriter<byte>)o).WrittenCount);
        }));

        Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(written, 1000, out var header, out var body, out _));
        Assert.Equal(
            MqttReasonCode.Success, PublishPacket.Read(header, body, MqttProtocolVersion.V5, MqttPropertyRules.PublishToClient, out var read));
        Assert.True(read.Topic.IsEmpty);
        Assert.Equal("p"u8, read.Payload);
        Assert.Equal(ownBlock, read.Properties[..ownBlock.Length]);
        Assert.Equal(expected, MqttPropertyRules.NumberOr(read.Properties, MqttPropertyId.MessageExpiryInterval, 0));
        Assert.Equal(stored.AsSpan(7), read.Properties[(ownBlock.Length + 7)..]);
        Assert.Equal(10u, BinaryPrimitives.ReadUInt32BigEndian(stored.AsSpan(3)));
    }
}
