using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What the broker keeps for one client identifier, through one connection or several.</summary>
/// <remarks>Threading: the sequencer thread, but for the outbox, which has its own lock.</remarks>
internal sealed class MqttSession(string client, SessionOutbox outbox)
{
    /// <summary>A time that never comes.</summary>
    public const long Never = long.MaxValue;

    public string Client { get; } = client;

    public SessionOutbox Outbox { get; } = outbox;

    /// <summary>The connection that has it now; 0 while the client is away.</summary>
    public long Connection { get; set; }

    /// <summary>The live connection; null while the client is away, or while the log is read again.</summary>
    public IMqttPeer? Peer { get; set; }

    /// <summary>Of the last connection.</summary>
    public MqttProtocolVersion Version { get; set; }

    /// <summary>How long it is kept once the client is away.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>When it ends, if the client stays away.</summary>
    public long ExpiresAtUs { get; set; } = Never;

    /// <summary>To be published if the client goes without leave, or if it stays away until <see cref="WillAtUs"/>.</summary>
    public WillMessage? Will { get; set; }

    public long WillAtUs { get; set; } = Never;

    /// <summary>The earlier of both.</summary>
    public long DeadlineUs => Math.Min(ExpiresAtUs, WillAtUs);

    /// <summary>By filter, shared ones included.</summary>
    public Dictionary<byte[], Subscription> Subscriptions { get; } = new(Utf8Comparer.Instance);

    /// <summary>QoS 2 messages received and not yet released, by packet identifier (MQTT 5.0, 4.3.3).</summary>
    public Dictionary<ushort, HeldPublish> Held { get; } = [];

    /// <summary>The record of the last release: until it is durable, the identifier may come back with a crash.</summary>
    public long ReleasedThrough { get; set; }

    /// <summary>Which matching of the <see cref="SubscriptionTree"/> found it last, and where in its result.</summary>
    public long MatchedIn { get; set; }

    public int MatchedAt { get; set; }
}
