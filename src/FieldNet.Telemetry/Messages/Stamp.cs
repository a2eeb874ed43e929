namespace FieldNet.Telemetry.Messages;

/// <summary>Who sent a message when, as the sender says. Everything optional: what is absent is unknown, never 0.</summary>
public struct Stamp
{
    public bool HasEpoch;
    public bool HasSeq;
    public bool HasDeviceTime;
    public bool HasSentTime;

    /// <summary>Greater at each start of the sender.</summary>
    public uint Epoch;

    /// <summary>One more per message of one topic within an epoch.</summary>
    public ulong Seq;

    /// <summary>UTC microseconds of the first sample or of the measurement, by the device's clock.</summary>
    public long DeviceTimeUs;

    /// <summary>UTC microseconds at which the sender handed the message to its socket, by the device's clock.</summary>
    public long SentTimeUs;

    /// <summary>Buffered during an outage: repairs history, raises no live alarm.</summary>
    public bool Historical;

    public DataMode Mode;

    public ClockKind Clock;
}
