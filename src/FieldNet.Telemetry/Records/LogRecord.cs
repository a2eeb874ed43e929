using FieldNet.Telemetry.Topics;

namespace FieldNet.Telemetry.Records;

/// <summary>One record of the numbered log, as the processor, the views and the readers see it.</summary>
/// <remarks>
/// Units: all times are UTC microseconds on the log's own clock.
/// Lifetime: the spans alias the caller's buffer and are valid only during the call that passes the record.
/// </remarks>
public readonly ref struct LogRecord
{
    /// <summary>Position in the one order of the log; 1 is the first.</summary>
    public long Number { get; init; }

    /// <summary>When the record was numbered. Never decreases from one record to the next.</summary>
    public long LogTimeUs { get; init; }

    /// <summary>When its bytes were read from the socket. Delay is measured with this one.</summary>
    public long ReceiveTimeUs { get; init; }

    public RecordKind Kind { get; init; }

    /// <summary>MQTT quality of service, 0 to 2.</summary>
    public byte Qos { get; init; }

    public bool Retain { get; init; }

    /// <summary>The MQTT DUP flag, as received.</summary>
    public bool Duplicate { get; init; }

    /// <summary>MQTT packet identifier; 0 without one.</summary>
    public ushort PacketId { get; init; }

    /// <summary>The connection's number, unique over all starts of an agent; 0 is the agent itself.</summary>
    public long Connection { get; init; }

    /// <summary>The MQTT client identifier; empty for the agent itself.</summary>
    public string Client { get; init; }

    /// <summary>The topic, or <see cref="Topics.Topic.None"/>.</summary>
    public Topic Topic { get; init; }

    /// <summary>MQTT 5 properties as received, without their length; empty for 3.1.1.</summary>
    public ReadOnlySpan<byte> Properties { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Where the record lies in the log: waveforms apart from everything else.</summary>
    public LogLane Lane => LaneOf(Kind, Topic);

    /// <summary>The lane of a record that is still to be made.</summary>
    public static LogLane LaneOf(RecordKind kind, Topic topic) =>
        kind == RecordKind.Publish && topic.Message == MessageKind.Wave ? LogLane.Waves : LogLane.Facts;
}
