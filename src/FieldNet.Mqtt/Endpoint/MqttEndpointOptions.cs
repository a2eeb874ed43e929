namespace FieldNet.Mqtt.Endpoint;

/// <summary>The endpoint's limits. Every one bounds memory or time against a broken or hostile peer.</summary>
public sealed class MqttEndpointOptions
{
    /// <summary>Largest packet accepted, fixed header included, checked before anything is reserved. Default 256 KiB. Must fit the ingress lane's ring.</summary>
    public int MaxPacketBytes { get; init; } = 256 * 1024;

    /// <summary>Connections at once. Default 16,384; the next is closed before it is read.</summary>
    public int MaxConnections { get; init; } = 16_384;

    /// <summary>Connections at once from one address. Default 8,192, since a core may put all beds behind one; the next is closed before it is read.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 8_192;

    /// <summary>From accept to a whole CONNECT. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many keep-alive periods of silence end a connection. Default 1.5, as the standard has it (3.1.2-22).</summary>
    public double KeepAliveGrace { get; init; } = 1.5;

    /// <summary>Longest keep alive that an MQTT 5 client may have: a longer one, or none, is answered with this as Server Keep Alive. Default 60 s; zero for no limit.</summary>
    public TimeSpan MaxKeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the last bytes of a connection that we end (DISCONNECT) may take. Default 1 s; then it is reset.</summary>
    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest client identifier in bytes. Default 256.</summary>
    public int MaxClientIdBytes { get; init; } = 256;

    /// <summary>Longest user name in bytes, kept with the connection. Default 4 KiB; longer is CONNACK 0x86.</summary>
    public int MaxUserNameBytes { get; init; } = 4 * 1024;

    /// <summary>Messages of a client at QoS 1 that await their PUBACK, and at QoS 2 their PUBCOMP: our Receive Maximum. Default 256: enough that a disk that takes milliseconds is no limit. More is DISCONNECT 0x93 (MQTT 5) or stops the reading (3.1.1).</summary>
    public int ReceiveMaximum { get; init; } = 256;

    /// <summary>QoS 2 messages of a session that its client has not released. Default 1,024; more ends the connection as 0x97. Only clients before MQTT 5 can come that far.</summary>
    public int MaxHeldPublishes { get; init; } = 1_024;

    /// <summary>PUBLISH packets a second of one client, a second's worth of them at once. Default 250,000; then the reading stops until there is room. Zero for no limit.</summary>
    public int MaxPublishRate { get; init; } = 250_000;

    /// <summary>Topic aliases that a client may set. Default 64; more is DISCONNECT 0x94.</summary>
    public int TopicAliasMaximum { get; init; } = 64;

    /// <summary>Bytes of the topics that one client's aliases stand for. Default 32 KiB, enough for 64 of the contract's longest; more is DISCONNECT 0x97.</summary>
    public int MaxTopicAliasBytes { get; init; } = 32 * 1024;

    /// <summary>Topic aliases that we set, if the client takes them. Default 64.</summary>
    public int MaxTopicAliasesToClient { get; init; } = 64;

    /// <summary>SUBSCRIBE and UNSUBSCRIBE packets of a client that await their answer. Default 16; then the reading stops.</summary>
    public int MaxPendingSubscribes { get; init; } = 16;

    /// <summary>Messages to a client at QoS 1 and 2 that it has not acknowledged; the client's own Receive Maximum lowers it. Default 64.</summary>
    public int MaxInFlightToClient { get; init; } = 64;

    /// <summary>Messages waiting for one client, in flight included. Default 1,000 (at most 60,000), QoS 0 filling what the rest leaves; then see <see cref="SlowSubscribers"/>.</summary>
    public int MaxQueuedMessages { get; init; } = 1_000;

    /// <summary>Bytes waiting for one client, in flight included. Default 4 MiB; as above.</summary>
    public long MaxQueuedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes waiting for all clients together, once for QoS 1 and 2 of sessions that outlive their connection, once for the rest. Default 512 MiB; as above.</summary>
    public long MaxQueuedBytesInAll { get; init; } = 512L * 1024 * 1024;

    /// <summary>What becomes of a message for a client whose queue is full. Default: it is dropped and counted.</summary>
    public SlowSubscriberPolicy SlowSubscribers { get; init; }

    /// <summary>Longest time that a session outlives its connection, in whole seconds. Default 7 days, for clients that ask for more or for ever.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Sessions, those of absent clients included. Default 10,000; then an absent client's is ended, or CONNECT is refused.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>Bytes of all sessions' Wills that are larger than 4 KiB. Default 64 MiB; a client whose Will goes beyond is refused as CONNACK 0x97.</summary>
    public long MaxWillBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Subscriptions of one session. Default 1,000; then SUBACK says 0x97.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Subscriptions in all. Default 100,000; then SUBACK says 0x97.</summary>
    public int MaxSubscriptions { get; init; } = 100_000;

    /// <summary>Bytes that all subscriptions count for: twice their length, and 256 for each level. Default 256 MiB, room for 100,000 of eight levels; then SUBACK says 0x97.</summary>
    public long MaxSubscriptionBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Levels of a topic name or filter. Default 200; deeper is refused as 0x90 or 0x8F.</summary>
    public int MaxTopicLevels { get; init; } = 200;

    /// <summary>Bytes of a topic name or filter. Default 65,535, all that the standard allows; longer is refused as above.</summary>
    public int MaxTopicBytes { get; init; } = ushort.MaxValue;

    /// <summary>Retained messages. Default 10,000; then a new topic's is routed but not kept, and counted.</summary>
    public int MaxRetainedMessages { get; init; } = 10_000;

    /// <summary>Bytes of retained messages. Default 16 MiB; full as above.</summary>
    public long MaxRetainedBytes { get; init; } = 16 * 1024 * 1024;
}
