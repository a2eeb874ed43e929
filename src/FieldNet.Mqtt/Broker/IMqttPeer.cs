using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>A live connection, as the broker sees it. While the log is read again there is none: what it would be told is told to nobody.</summary>
/// <remarks>Threading: called on the sequencer thread; nothing here blocks.</remarks>
internal interface IMqttPeer
{
    long Connection { get; }

    /// <summary>QoS 1 and 2 messages that the client takes unacknowledged.</summary>
    int ReceiveMaximum { get; }

    /// <summary>Send a successful CONNACK and then whatever is in the session's outbox.</summary>
    void Accept(MqttSession session, bool sessionPresent);

    /// <summary>Send a CONNACK that refuses, and close.</summary>
    void Reject(MqttReasonCode reason);

    /// <summary>The client has connected again elsewhere: say so and close.</summary>
    void TakeOver();

    /// <summary>Send SUBACK or UNSUBACK for the record being applied, a lasting session's behind its commit.</summary>
    /// <returns>Which of this connection's answers it is: what is sent for the subscription itself comes behind it.</returns>
    int Answer(in LogRecord record, byte[] codes);

    /// <summary>The client is slower than the endpoint's policy bears: say so and close.</summary>
    void TooSlow();

    /// <summary>The outbox has something to send.</summary>
    void Wake();

    /// <summary>The outbox has something to send once everything accepted so far in the lane is committed.</summary>
    void WakeAtCommit(LogLane lane);
}
