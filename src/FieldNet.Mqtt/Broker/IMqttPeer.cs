using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>A live connection, as the broker sees it.</summary>
/// <remarks>Threading: called on the sequencer thread; nothing here blocks.</remarks>
internal interface IMqttPeer
{
    long Connection { get; }

    MqttProtocolVersion Version { get; }

    bool CleanStart { get; }

    /// <summary>The session is kept when this connection ends. A DISCONNECT may change it, before its Close is posted.</summary>
    bool KeepsSession { get; }

    /// <summary>QoS 1 messages that the client takes unacknowledged.</summary>
    int ReceiveMaximum { get; }

    /// <summary>Largest packet that the client takes.</summary>
    long MaxPacketBytes { get; }

    /// <summary>The Will, once: the next call gives null. Null after a DISCONNECT that waived it.</summary>
    WillMessage? TakeWill();

    /// <summary>Send a successful CONNACK and then whatever is in the session's outbox.</summary>
    void Accept(SessionOutbox outbox, bool sessionPresent);

    /// <summary>Send a CONNACK that refuses, and close.</summary>
    void Reject(MqttReasonCode reason);

    /// <summary>The client has connected again elsewhere: say so and close.</summary>
    void TakeOver();

    /// <summary>The codes for the SUBACK or UNSUBACK of the record being applied.</summary>
    void Answer(byte[] codes);

    /// <summary>The outbox has something to send.</summary>
    void Wake();
}
