using FieldNet.Telemetry.Topics;

namespace FieldNet.Bedside.Scenarios;

/// <summary>One topic that a device of a scenario publishes.</summary>
internal sealed class VirtualStream(VirtualDevice device, VirtualConnection connection, Topic topic, StampedPayload? payload, long periodUs)
{
    public VirtualDevice Device => device;

    public VirtualConnection Connection => connection;

    public Topic Topic => topic;

    /// <summary>Null: made anew for each message (link reports).</summary>
    public StampedPayload? Payload => payload;

    /// <summary>0: sent on occasion.</summary>
    public long PeriodUs => periodUs;

    public long NextUs { get; set; }

    public ulong Seq { get; set; }

    /// <summary>Counts anew with each epoch.</summary>
    public uint SeqEpoch { get; set; } = 1;

    public byte Qos => (byte)(topic.Message == MessageKind.Wave ? 0 : 1);

    /// <summary>Worth keeping during an outage.</summary>
    public bool IsKept => topic.Message is MessageKind.Vitals or MessageKind.Alarm;

    /// <summary><c>site/ward/bed/device/SIGNAL</c> of a waveform: a sensor's faults name it.</summary>
    public string Sensor { get; } = topic.Signal is { } signal ? $"{topic.Subject}/{signal.Id}" : "";
}
