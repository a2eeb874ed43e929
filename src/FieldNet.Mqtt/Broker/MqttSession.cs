namespace FieldNet.Mqtt.Broker;

/// <summary>What the broker keeps for one client identifier, through one connection or several.</summary>
/// <remarks>Threading: the sequencer thread, but for the outbox, which has its own lock.</remarks>
internal sealed class MqttSession(string client, SessionOutbox outbox)
{
    public string Client { get; } = client;

    public SessionOutbox Outbox { get; } = outbox;

    /// <summary>The filters subscribed to.</summary>
    public HashSet<byte[]> Filters { get; } = new(Utf8Comparer.Instance);

    /// <summary>The live connection; null while the client is away.</summary>
    public IMqttPeer? Peer { get; set; }

    /// <summary>Which matching of the <see cref="SubscriptionTree"/> found it last, and where in its result.</summary>
    public long MatchedIn { get; set; }

    public int MatchedAt { get; set; }
}
