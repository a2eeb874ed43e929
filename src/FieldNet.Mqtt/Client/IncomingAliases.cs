using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The topic aliases that the server has set on this connection.</summary>
/// <remarks>Threading: the read loop. Source: MQTT 5.0 section 3.3.2.3.4.</remarks>
internal sealed class IncomingAliases(int maximum)
{
    private readonly byte[]?[] _topics = new byte[maximum + 1][];

    /// <summary>Gives the topic of a message, and remembers it where the message sets an alias.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or what is wrong with the alias.</returns>
    public MqttReasonCode Resolve(in PublishPacket packet, out ReadOnlySpan<byte> topic)
    {
        topic = packet.Topic;
        if (packet.Properties.IsEmpty || !MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.TopicAlias, out var alias))
        {
            return MqttReasonCode.Success;
        }

        if (alias.Number == 0 || alias.Number > (uint)maximum)
        {
            return MqttReasonCode.TopicAliasInvalid;
        }

        ref var known = ref _topics[alias.Number];
        if (topic.IsEmpty)
        {
            topic = known;
            return known is null ? MqttReasonCode.ProtocolError : MqttReasonCode.Success;
        }

        if (!topic.SequenceEqual(known))
        {
            known = topic.ToArray();
        }

        return MqttReasonCode.Success;
    }
}
