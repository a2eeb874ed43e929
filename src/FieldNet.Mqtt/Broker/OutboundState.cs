namespace FieldNet.Mqtt.Broker;

/// <summary>How far a message has come on its way to one subscriber.</summary>
internal enum OutboundState : byte
{
    /// <summary>Done, or not to be sent any more.</summary>
    Gone,

    /// <summary>To be sent.</summary>
    Queued,

    /// <summary>Sent at QoS 1 or 2, no answer yet.</summary>
    Sent,

    /// <summary>QoS 2: the client has it (PUBREC), its identifier is being released.</summary>
    Received,
}
