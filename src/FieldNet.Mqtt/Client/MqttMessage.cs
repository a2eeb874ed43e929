using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>A message that the client received.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Payload">A copy of its own: keep it as long as you like.</param>
/// <param name="Qos">0 to 2.</param>
/// <param name="Retain">It was a retained message when the subscription was made.</param>
/// <param name="Duplicate">The server may have sent it before.</param>
/// <param name="Properties">MQTT 5 properties as received, without their length; empty for 3.1.1.</param>
/// <param name="PacketId">What <see cref="MqttClient.Acknowledge"/> takes; 0 for QoS 0.</param>
public sealed record MqttMessage(
    string Topic, ReadOnlyMemory<byte> Payload, byte Qos, bool Retain, bool Duplicate, ReadOnlyMemory<byte> Properties, ushort PacketId)
{
    public string? ContentType => Text(MqttPropertyId.ContentType);

    public string? ResponseTopic => Text(MqttPropertyId.ResponseTopic);

    /// <summary>Null when there is none.</summary>
    public byte[]? CorrelationData =>
        MqttPropertyRules.TryFind(Properties.Span, MqttPropertyId.CorrelationData, out var data) ? data.Bytes.ToArray() : null;

    /// <summary>The rest of its life that the server names; null when it has no end.</summary>
    public TimeSpan? MessageExpiry =>
        MqttPropertyRules.TryFind(Properties.Span, MqttPropertyId.MessageExpiryInterval, out var expiry) ? TimeSpan.FromSeconds(expiry.Number) : null;

    /// <summary>Of every subscription of this client that the message matched.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers
    {
        get
        {
            var identifiers = new List<uint>();
            var reader = new MqttPropertyReader(Properties.Span);
            while (reader.TryRead(out var property))
            {
                if (property.Id == MqttPropertyId.SubscriptionIdentifier)
                {
                    identifiers.Add(property.Number);
                }
            }

            return identifiers;
        }
    }

    /// <summary>In the order of the packet; a name may come twice.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties
    {
        get
        {
            var pairs = new List<KeyValuePair<string, string>>();
            var reader = new MqttPropertyReader(Properties.Span);
            while (reader.TryRead(out var property))
            {
                if (property.Id == MqttPropertyId.UserProperty)
                {
                    pairs.Add(new(Encoding.UTF8.GetString(property.Bytes), Encoding.UTF8.GetString(property.PairValue)));
                }
            }

            return pairs;
        }
    }

    internal static MqttMessage CopyOf(in PublishPacket packet) => new(
        Encoding.UTF8.GetString(packet.Topic), packet.Payload.ToArray(), packet.Qos, packet.Retain, packet.Duplicate, packet.Properties.ToArray(), packet.PacketId);

    private string? Text(MqttPropertyId id) =>
        MqttPropertyRules.TryFind(Properties.Span, id, out var text) ? Encoding.UTF8.GetString(text.Bytes) : null;
}
