using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>What the server said in CONNACK that it takes and offers; before MQTT 5 a server says nothing and the widest values stand.</summary>
public sealed record MqttServerLimits
{
    /// <summary>QoS 1 and 2 messages of ours without their last answer.</summary>
    public int ReceiveMaximum { get; init; } = ushort.MaxValue;

    public uint MaxPacketBytes { get; init; } = uint.MaxValue;

    public int TopicAliasMaximum { get; init; }

    public byte MaximumQos { get; init; } = 2;

    public bool RetainAvailable { get; init; } = true;

    public bool WildcardSubscriptionAvailable { get; init; } = true;

    public bool SubscriptionIdentifierAvailable { get; init; } = true;

    public bool SharedSubscriptionAvailable { get; init; } = true;

    /// <summary>The server's, if it named one, otherwise ours. Zero: none.</summary>
    public TimeSpan KeepAlive { get; init; }

    /// <summary>How long the server keeps the session behind the connection.</summary>
    public TimeSpan SessionExpiry { get; init; }

    internal static MqttServerLimits Of(ReadOnlySpan<byte> properties, MqttClientOptions options)
    {
        var limits = new MqttServerLimits { KeepAlive = options.KeepAlive, SessionExpiry = options.SessionExpiry };
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            limits = property.Id switch
            {
                MqttPropertyId.ReceiveMaximum => limits with { ReceiveMaximum = (int)property.Number },
                MqttPropertyId.MaximumPacketSize => limits with { MaxPacketBytes = property.Number },
                MqttPropertyId.TopicAliasMaximum => limits with { TopicAliasMaximum = (int)property.Number },
                MqttPropertyId.MaximumQos => limits with { MaximumQos = (byte)property.Number },
                MqttPropertyId.RetainAvailable => limits with { RetainAvailable = property.Number != 0 },
                MqttPropertyId.WildcardSubscriptionAvailable => limits with { WildcardSubscriptionAvailable = property.Number != 0 },
                MqttPropertyId.SubscriptionIdentifierAvailable => limits with { SubscriptionIdentifierAvailable = property.Number != 0 },
                MqttPropertyId.SharedSubscriptionAvailable => limits with { SharedSubscriptionAvailable = property.Number != 0 },
                MqttPropertyId.ServerKeepAlive => limits with { KeepAlive = TimeSpan.FromSeconds(property.Number) },
                MqttPropertyId.SessionExpiryInterval => limits with { SessionExpiry = TimeSpan.FromSeconds(property.Number) },
                _ => limits,
            };
        }

        return limits;
    }
}
