namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>The properties of MQTT 5 as bytes, to be put together with <see cref="Wire.Join"/>.</summary>
/// <remarks>Source: MQTT 5.0 section 2.2.2.2.</remarks>
internal static class Property
{
    public const byte PayloadFormatId = 0x01;
    public const byte MessageExpiryId = 0x02;
    public const byte ContentTypeId = 0x03;
    public const byte ResponseTopicId = 0x08;
    public const byte CorrelationDataId = 0x09;
    public const byte SubscriptionIdentifierId = 0x0B;
    public const byte SessionExpiryId = 0x11;
    public const byte AssignedClientId = 0x12;
    public const byte ServerKeepAliveId = 0x13;
    public const byte AuthenticationMethodId = 0x15;
    public const byte ResponseInformationId = 0x1A;
    public const byte ReasonStringId = 0x1F;
    public const byte ReceiveMaximumId = 0x21;
    public const byte TopicAliasMaximumId = 0x22;
    public const byte TopicAliasId = 0x23;
    public const byte MaximumQosId = 0x24;
    public const byte UserPropertyId = 0x26;
    public const byte MaximumPacketSizeId = 0x27;

    public static byte[] PayloadFormat(byte value) => [PayloadFormatId, value];

    public static byte[] MessageExpiry(uint seconds) => [MessageExpiryId, .. Wire.UInt32(seconds)];

    public static byte[] ContentType(string value) => [ContentTypeId, .. Wire.Utf8(value)];

    public static byte[] ResponseTopic(string value) => [ResponseTopicId, .. Wire.Utf8(value)];

    public static byte[] CorrelationData(params byte[] value) => [CorrelationDataId, .. Wire.Binary(value)];

    public static byte[] SubscriptionIdentifier(int value) => [SubscriptionIdentifierId, .. Wire.Varint(value)];

    public static byte[] SessionExpiry(uint seconds) => [SessionExpiryId, .. Wire.UInt32(seconds)];

    public static byte[] AuthenticationMethod(string value) => [AuthenticationMethodId, .. Wire.Utf8(value)];

    public static byte[] RequestProblemInformation(byte value) => [0x17, value];

    public static byte[] WillDelay(uint seconds) => [0x18, .. Wire.UInt32(seconds)];

    public static byte[] RequestResponseInformation(byte value) => [0x19, value];

    public static byte[] ReceiveMaximum(ushort value) => [ReceiveMaximumId, .. Wire.UInt16(value)];

    public static byte[] TopicAliasMaximum(ushort value) => [TopicAliasMaximumId, .. Wire.UInt16(value)];

    public static byte[] TopicAlias(ushort value) => [TopicAliasId, .. Wire.UInt16(value)];

    public static byte[] User(string name, string value) => [UserPropertyId, .. Wire.Utf8(name), .. Wire.Utf8(value)];

    public static byte[] MaximumPacketSize(uint value) => [MaximumPacketSizeId, .. Wire.UInt32(value)];
}
