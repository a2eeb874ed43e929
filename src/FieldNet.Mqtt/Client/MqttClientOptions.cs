using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>How one client connects, and its limits.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Empty (default) lets an MQTT 5 server assign one.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Default MQTT 5.</summary>
    public MqttProtocolVersion ProtocolVersion { get; init; } = MqttProtocolVersion.V5;

    /// <summary>Longest silence of ours before a PINGREQ, in whole seconds; an MQTT 5 server may set another. Default 30 s; zero switches it off.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Forget any session of this client id. Default true.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long an MQTT 5 server keeps the session after the connection. Default zero: not at all.</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>Our side of a session that outlives this connection. Default null: whatever is unanswered at the end is the caller's to send again.</summary>
    public MqttClientSession? Session { get; init; }

    /// <summary>Default null: none.</summary>
    public MqttWill? Will { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte> Password { get; init; }

    /// <summary>For <c>mqtts://</c> and <c>wss://</c>. Default null: this machine's authorities, no client certificate.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>From the call to the server's CONNACK. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>QoS 1 and 2 messages without their last answer, at most; the server's Receive Maximum lowers it. Default 64. A <see cref="Session"/> has its own.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>Bytes encoded and not yet handed to the socket, at most. Full: <see cref="MqttClient.TryPublish"/> is false, the asynchronous calls wait. Default 1 MiB.</summary>
    public int MaxPendingBytes { get; init; } = 1024 * 1024;

    /// <summary>Topics that are sent as aliases, at most; the server may allow fewer. Default 256; 0 sends none.</summary>
    public int MaxTopicAliases { get; init; } = 256;

    /// <summary>Largest packet that the client accepts. Default 1 MiB. An MQTT 5 server sends no larger one; another's ends the connection.</summary>
    public int MaxPacketBytes { get; init; } = 1024 * 1024;

    /// <summary>Received QoS 1 and 2 messages without our last answer, at most: our Receive Maximum. Default 1024. Full, or exceeded by the server: the client stops reading its socket.</summary>
    public int ReceiveMaximum { get; init; } = 1024;

    /// <summary>Topic aliases that the server may set. Default 64.</summary>
    public int TopicAliasMaximum { get; init; } = 64;

    /// <summary>Received messages waiting in <see cref="MqttClient.Messages"/>, at most. Full: the client stops reading its socket. Default 1024.</summary>
    public int MaxReceivedMessages { get; init; } = 1024;

    /// <summary>Takes received messages instead of <see cref="MqttClient.Messages"/>. Default null.</summary>
    public IMqttReceiver? Receiver { get; init; }

    /// <summary>Received QoS 1 and 2 messages are answered when <see cref="MqttClient.Acknowledge"/> says so. Default false: as soon as they are taken.</summary>
    public bool ManualAcknowledge { get; init; }

    /// <summary>Told of the last answer to each <see cref="MqttClient.TryPublish"/> at QoS 1 and 2, with its token. Default null.</summary>
    /// <remarks>Threading: the client's read loop, one call at a time, in the order of arrival; must not block or throw.</remarks>
    public Action<ulong, MqttReasonCode>? Acknowledged { get; init; }
}
