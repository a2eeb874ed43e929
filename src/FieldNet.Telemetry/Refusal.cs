namespace FieldNet.Telemetry;

/// <summary>Every reason for which something that arrived is refused. Names are public: they label <c>/metrics</c>, reports and events.</summary>
/// <remarks>The public name is the member's name in snake_case (<see cref="RefusalNames"/>).</remarks>
public enum Refusal : byte
{
    None = 0,

    // Topic
    /// <summary>Below <c>fieldnet/</c> but not in the grammar of the contract.</summary>
    TopicOutsideGrammar,
    /// <summary>A topic under a leading <c>_</c> segment that only the agent may publish.</summary>
    TopicReserved,
    /// <summary>More topics, beds, devices or signals than the limit allows.</summary>
    TooManyTopics,

    // Payload
    PayloadEmpty,
    PayloadMalformedProtobuf,
    PayloadMalformedJson,
    PayloadTooLarge,
    ContentTypeUnknown,
    /// <summary>A numeric or alarm names neither a known MDC reference id nor a code.</summary>
    SignalMissing,
    /// <summary>Reference id and code contradict each other.</summary>
    SignalInconsistent,
    /// <summary>A value that is NaN, infinite, or outside what the signal can be.</summary>
    ValueOutOfRange,
    /// <summary>A vendor's "no value" sentinel (-999, -99.9, -100) sent as a value.</summary>
    ValueSentinel,
    UnitUnknown,
    SamplePeriodInvalid,
    /// <summary>The number of sample bytes is odd, zero, or more than 10 s of signal.</summary>
    SamplesInvalid,
    GainInvalid,
    TooManyItems,
    TextTooLong,
    StampInvalid,
    StateInvalid,

    // MQTT
    PacketMalformed,
    PacketTooLarge,
    ProtocolError,
    ProtocolVersionUnsupported,
    ClientIdInvalid,
    /// <summary>A connection that did not send CONNECT in time.</summary>
    ConnectTimeout,
    KeepAliveTimeout,
    TooManyConnections,
    NotAuthorized,
    ReceiveMaximumExceeded,
    QosUnsupported,
    TopicNameInvalid,
    /// <summary>A filter, or a topic alias, that can't be accepted.</summary>
    TopicFilterInvalid,
    TopicAliasInvalid,
    /// <summary>Enhanced authentication, or a method that is not offered.</summary>
    AuthenticationMethodUnsupported,
    BadUserNameOrPassword,
    /// <summary>More connections from one address than the limit.</summary>
    TooManyConnectionsFromAddress,
    /// <summary>More sessions or subscriptions than the limit.</summary>
    QuotaExceeded,
    /// <summary>A TLS handshake that failed or took too long.</summary>
    TlsHandshakeFailed,

    // The agent's own
    /// <summary>A message at QoS 1 that was shown and not logged, because the disk is full: MQTT 5 senders are told so.</summary>
    DiskFull,
}
