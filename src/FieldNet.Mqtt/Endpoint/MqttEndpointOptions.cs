namespace FieldNet.Mqtt.Endpoint;

/// <summary>The endpoint's limits. Every one bounds memory or time against a broken or hostile peer.</summary>
public sealed class MqttEndpointOptions
{
    /// <summary>Largest packet accepted, fixed header included, checked before anything is reserved. Default 256 KiB. Must fit the ingress lane's ring.</summary>
    public int MaxPacketBytes { get; init; } = 256 * 1024;

    /// <summary>Connections at once. Default 10,000; the next is closed before it is read.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>From accept to a whole CONNECT. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many keep-alive periods of silence end a connection. Default 1.5, as the standard has it (3.1.2-22).</summary>
    public double KeepAliveGrace { get; init; } = 1.5;

    /// <summary>How long the last bytes of a connection that we end (DISCONNECT) may take. Default 1 s; then it is reset.</summary>
    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest client identifier in bytes. Default 256.</summary>
    public int MaxClientIdBytes { get; init; } = 256;

    /// <summary>QoS 1 messages of a client that await their PUBACK: our Receive Maximum. Default 64. More is DISCONNECT 0x93 (MQTT 5) or stops the reading (3.1.1).</summary>
    public int ReceiveMaximum { get; init; } = 64;

    /// <summary>SUBSCRIBE and UNSUBSCRIBE packets of a client that await their answer. Default 16; then the reading stops.</summary>
    public int MaxPendingSubscribes { get; init; } = 16;

    /// <summary>QoS 1 messages to a client that await its PUBACK; the client's own Receive Maximum lowers it. Default 64.</summary>
    public int MaxInFlightToClient { get; init; } = 64;

    /// <summary>Messages waiting for one client. Default 1,000; then new ones are dropped and counted.</summary>
    public int MaxQueuedMessages { get; init; } = 1_000;

    /// <summary>Bytes waiting for one client, in flight included. Default 4 MiB; then new messages are dropped and counted.</summary>
    public long MaxQueuedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Sessions, those of absent clients included. Default 10,000; then an absent client's is ended, or CONNECT is refused.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>Subscriptions of one session. Default 1,000; then SUBACK says 0x97.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Subscriptions in all. Default 100,000; then SUBACK says 0x97.</summary>
    public int MaxSubscriptions { get; init; } = 100_000;

    /// <summary>Levels of a topic filter. Default 32; deeper is refused as 0x8F.</summary>
    public int MaxFilterLevels { get; init; } = 32;

    /// <summary>Retained messages. Default 10,000; then a new topic's is routed but not kept, and counted.</summary>
    public int MaxRetainedMessages { get; init; } = 10_000;

    /// <summary>Bytes of retained messages. Default 16 MiB; full as above.</summary>
    public long MaxRetainedBytes { get; init; } = 16 * 1024 * 1024;
}
