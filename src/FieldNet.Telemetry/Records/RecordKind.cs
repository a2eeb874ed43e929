namespace FieldNet.Telemetry.Records;

/// <summary>What one record of the log is. The numbers are on disk: add, never change.</summary>
public enum RecordKind : byte
{
    /// <summary>No record; never in the log.</summary>
    None = 0,

    /// <summary>The agent started. Payload: JSON, see <c>docs/protocol.md</c>. Every stream is unknown because of the agent.</summary>
    AgentStart = 1,

    /// <summary>Nothing arrived, time moved on. No payload.</summary>
    Tick = 2,

    /// <summary>The agent stopped in good order. No payload.</summary>
    Stop = 3,

    /// <summary>An MQTT client was let in. Payload: JSON (protocol, keep alive, address).</summary>
    Connect = 4,

    /// <summary>A connection ended. Payload: JSON (reason, and whether the client took leave).</summary>
    Close = 5,

    /// <summary>A PUBLISH from a client. Payload: as received.</summary>
    Publish = 6,

    /// <summary>The Will that the endpoint published for a client that went without leave. Payload: as received in CONNECT.</summary>
    Will = 7,

    /// <summary>A SUBSCRIBE. Payload: the packet's body as received.</summary>
    Subscribe = 8,

    /// <summary>An UNSUBSCRIBE. Payload: the packet's body as received.</summary>
    Unsubscribe = 9,

    /// <summary>Something was refused before it was a message. Payload: JSON (reason, address, detail).</summary>
    Refused = 10,

    /// <summary>A record made the processor throw; state was rebuilt without it. Payload: JSON (number, error).</summary>
    Quarantine = 11,

    /// <summary>The wall clock stepped against the monotonic one, or the machine slept. Payload: JSON.</summary>
    Clock = 12,

    /// <summary>QoS 0 waveforms were shed because the disk could not keep up. Payload: JSON (from, count).</summary>
    Shed = 13,

    /// <summary>A PUBREL from a client: the identifier of its QoS 2 message is free again. No payload.</summary>
    Release = 14,

    /// <summary>What a client with a lasting session answered to a message sent to it. Payload: one byte, see <c>docs/protocol.md</c>.</summary>
    Delivered = 15,

    /// <summary>A message of a shared subscription that its first receiver left unacknowledged, for the others. Client: the shared filter.</summary>
    Redelivered = 16,

    /// <summary>The log has had to take another step because the disk fills, or could take one back. Payload: JSON (step, used_percent, free_bytes, log_bytes).</summary>
    Disk = 17,

    /// <summary>A reader of the log is so far behind that the log no longer waits for it. Payload: JSON (cursor, from, through).</summary>
    CursorCut = 18,

    /// <summary>What a source of the 5G side (gNB, core, probe target) said when it was asked, or that it could not be reached. Payload: JSON, <see cref="Network.NetworkReport"/>.</summary>
    Network = 19,

    /// <summary>One second of an active probe. Payload: JSON, <see cref="Network.ProbeReport"/>.</summary>
    Probe = 20,

    /// <summary>The agent's own condition, when it was not in order. Payload: JSON, <see cref="Network.HealthReport"/>.</summary>
    Health = 21,

    /// <summary>A step of the watchdog's TEST alarm along the alarm path. Payload: JSON, <see cref="Network.SeenReport"/>.</summary>
    Seen = 22,
}
