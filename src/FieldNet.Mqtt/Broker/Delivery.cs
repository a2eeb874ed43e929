using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a subscriber of a topic gets of each message: its overlapping subscriptions merged, so that it gets it once.</summary>
/// <remarks>Source: MQTT 5.0 section 3.3.4: the highest QoS of all, and the identifiers of all.</remarks>
internal sealed class Delivery
{
    private Delivery(MqttSession session, ReadOnlySpan<Subscription> subscriptions)
    {
        Session = session;
        var identifiers = new List<byte>();
        foreach (var (options, identifier) in subscriptions)
        {
            Qos = Math.Max(Qos, options.Qos);
            RetainAsPublished |= options.RetainAsPublished;
            AddIdentifier(identifiers, identifier);
        }

        Identifiers = [.. identifiers];
    }

    public MqttSession Session { get; }

    public byte Qos { get; }

    public bool RetainAsPublished { get; }

    /// <summary>Subscription identifiers, as the properties that they are in PUBLISH; empty without any.</summary>
    public byte[] Identifiers { get; }

    /// <summary>What it gets of its own messages: less where a subscription says "no local", null for nothing.</summary>
    public Delivery? Own { get; private init; }

    public static Delivery Of(MqttSession session, List<Subscription> subscriptions)
    {
        var others = subscriptions.FindAll(each => !each.Options.NoLocal);
        var own = others.Count == 0 ? null : new Delivery(session, [.. others]);
        return new Delivery(session, [.. subscriptions]) { Own = own };
    }

    public static Delivery Of(MqttSession session, Subscription subscription) => new(session, [subscription]);

    private static void AddIdentifier(List<byte> properties, uint identifier)
    {
        if (identifier == 0)
        {
            return;
        }

        properties.Add((byte)MqttPropertyId.SubscriptionIdentifier);
        for (var rest = identifier; ; rest >>= 7)
        {
            properties.Add((byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80));
            if (rest < 0x80)
            {
                return;
            }
        }
    }
}
