using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>CONNECT.</summary>
/// <remarks>Lifetime: the spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.1.</remarks>
public readonly ref struct ConnectPacket
{
    public MqttProtocolVersion Version { get; init; }

    public bool CleanStart { get; init; }

    public ushort KeepAliveSeconds { get; init; }

    public ReadOnlySpan<byte> Properties { get; init; }

    public ReadOnlySpan<byte> ClientId { get; init; }

    public bool HasWill { get; init; }

    public byte WillQos { get; init; }

    public bool WillRetain { get; init; }

    public ReadOnlySpan<byte> WillProperties { get; init; }

    public ReadOnlySpan<byte> WillTopic { get; init; }

    public ReadOnlySpan<byte> WillPayload { get; init; }

    public bool HasUserName { get; init; }

    public ReadOnlySpan<byte> UserName { get; init; }

    public bool HasPassword { get; init; }

    public ReadOnlySpan<byte> Password { get; init; }

    /// <summary>Reads and checks the body.</summary>
    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="packet">Complete only on success; its version is right as soon as it could be read.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, out ConnectPacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUtf8(out var protocol) || !reader.TryReadByte(out var level))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var version = (MqttProtocolVersion)level;
        var isKnown = version switch
        {
            MqttProtocolVersion.V5 or MqttProtocolVersion.V311 => protocol.SequenceEqual("MQTT"u8),
            MqttProtocolVersion.V31 => protocol.SequenceEqual("MQIsdp"u8),
            _ => false,
        };
        if (!isKnown)
        {
            return MqttReasonCode.UnsupportedProtocolVersion;
        }

        packet = new ConnectPacket { Version = version };
        return reader.TryReadByte(out var flagsByte) && AreValid((Flags)flagsByte, version) && reader.TryReadUInt16(out var keepAlive)
            ? ReadPayload(reader, version, (Flags)flagsByte, keepAlive, ref packet)
            : MqttReasonCode.MalformedPacket;
    }

    /// <summary>Encodes; <see cref="Properties"/> and <see cref="WillProperties"/> are blocks without their length.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var protocol = Version == MqttProtocolVersion.V31 ? "MQIsdp"u8 : "MQTT"u8;
        var bodyBytes = 2 + protocol.Length + 4 + MqttPacketWriter.BlockBytes(Properties, Version) + 2 + ClientId.Length
            + (HasWill ? MqttPacketWriter.BlockBytes(WillProperties, Version) + 4 + WillTopic.Length + WillPayload.Length : 0)
            + (HasUserName ? 2 + UserName.Length : 0)
            + (HasPassword ? 2 + Password.Length : 0);
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Connect), bodyBytes);
        writer.WriteBinary(protocol);
        writer.WriteByte((byte)Version);
        writer.WriteByte((byte)((CleanStart ? Flags.CleanStart : 0)
            | (HasWill ? Flags.Will | (Flags)(WillQos << 3) | (WillRetain ? Flags.WillRetain : 0) : 0)
            | (HasUserName ? Flags.UserName : 0)
            | (HasPassword ? Flags.Password : 0)));
        writer.WriteUInt16(KeepAliveSeconds);
        writer.WriteBlock(Properties, Version);
        writer.WriteBinary(ClientId);
        if (HasWill)
        {
            writer.WriteBlock(WillProperties, Version);
            writer.WriteBinary(WillTopic);
            writer.WriteBinary(WillPayload);
        }

        if (HasUserName)
        {
            writer.WriteBinary(UserName);
        }

        if (HasPassword)
        {
            writer.WriteBinary(Password);
        }

        writer.Complete();
    }

    private static MqttReasonCode ReadPayload(
        MqttPacketReader reader, MqttProtocolVersion version, Flags flags, ushort keepAlive, ref ConnectPacket packet)
    {
        var hasWill = Has(flags, Flags.Will);
        ReadOnlySpan<byte> willProperties = default;
        ReadOnlySpan<byte> willTopic = default;
        ReadOnlySpan<byte> willPayload = default;
        ReadOnlySpan<byte> userName = default;
        ReadOnlySpan<byte> password = default;
        var hasUserName = Has(flags, Flags.UserName);
        var hasPassword = Has(flags, Flags.Password);
        if (!reader.TryReadProperties(version, out var properties)
            || !reader.TryReadUtf8(out var clientId)
            || (hasWill && !(reader.TryReadProperties(version, out willProperties)
                && reader.TryReadUtf8(out willTopic)
                && reader.TryReadBinary(out willPayload))))
        {
            return MqttReasonCode.MalformedPacket;
        }

        if (version == MqttProtocolVersion.V31)
        {
            // 3.1 section 3.1: the remaining length takes precedence over the flags; a name or password announced may be missing.
            hasUserName &= !reader.AtEnd;
        }

        if (hasUserName && !reader.TryReadUtf8(out userName))
        {
            return MqttReasonCode.MalformedPacket;
        }

        hasPassword &= version != MqttProtocolVersion.V31 || !reader.AtEnd;
        if ((hasPassword && !reader.TryReadBinary(out password)) || !reader.AtEnd)
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new ConnectPacket
        {
            Version = version,
            CleanStart = Has(flags, Flags.CleanStart),
            KeepAliveSeconds = keepAlive,
            Properties = properties,
            ClientId = clientId,
            HasWill = hasWill,
            WillQos = (byte)((int)(flags & Flags.WillQos) >> 3),
            WillRetain = Has(flags, Flags.WillRetain),
            WillProperties = willProperties,
            WillTopic = willTopic,
            WillPayload = willPayload,
            HasUserName = hasUserName,
            UserName = userName,
            HasPassword = hasPassword,
            Password = password,
        };
        var fault = MqttPropertyRules.Check(properties, MqttPropertyRules.Connect);
        if (fault != MqttReasonCode.Success || !hasWill)
        {
            return fault;
        }

        fault = MqttPropertyRules.Check(willProperties, MqttPropertyRules.Will);
        return fault == MqttReasonCode.Success && !MqttTopic.IsValidName(willTopic) ? MqttReasonCode.TopicNameInvalid : fault;
    }

    // 3.1.2.3: the lowest bit is reserved (3.1 leaves it open); without a Will its QoS and retain are 0; before MQTT 5 a password
    // needs a user name.
    private static bool AreValid(Flags flags, MqttProtocolVersion version) =>
        ((flags & Flags.Reserved) == 0 || version == MqttProtocolVersion.V31)
        && (flags & Flags.WillQos) != Flags.WillQos
        && (Has(flags, Flags.Will) || (flags & (Flags.WillQos | Flags.WillRetain)) == 0)
        && (version == MqttProtocolVersion.V5 || Has(flags, Flags.UserName) || !Has(flags, Flags.Password));

    // Enum.HasFlag boxes in code that is not yet optimised.
    private static bool Has(Flags flags, Flags flag) => (flags & flag) != 0;

    [Flags]
    private enum Flags : byte
    {
        Reserved = 0b0000_0001,
        CleanStart = 0b0000_0010,
        Will = 0b0000_0100,
        WillQos = 0b0001_1000,
        WillRetain = 0b0010_0000,
        Password = 0b0100_0000,
        UserName = 0b1000_0000,
    }
}
