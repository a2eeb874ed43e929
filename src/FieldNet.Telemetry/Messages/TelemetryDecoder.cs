using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Messages;

/// <summary>Reads the wire contract out of payload bytes into storage that the caller reuses.</summary>
/// <remarks>
/// Threading: one thread an instance. Errors: a named <see cref="Refusal"/>, never an exception; the target's content is then undefined.
/// Allocation: none for protobuf waveforms and vitals of known signals; JSON, alarms and status may allocate.
/// </remarks>
public sealed class TelemetryDecoder
{
    public Refusal ReadWave(ReadOnlySpan<byte> payload, PayloadFormat format, Signal signal, out WaveChunk chunk)
    {
        chunk = default;
        return Refusal.PayloadMalformedProtobuf;
    }

    public Refusal ReadVitals(ReadOnlySpan<byte> payload, PayloadFormat format, Vitals vitals) => Refusal.PayloadMalformedProtobuf;

    public Refusal ReadAlarms(ReadOnlySpan<byte> payload, PayloadFormat format, AlarmReport report) => Refusal.PayloadMalformedProtobuf;

    public Refusal ReadStatus(ReadOnlySpan<byte> payload, PayloadFormat format, DeviceStatus status) => Refusal.PayloadMalformedProtobuf;

    public Refusal ReadLink(ReadOnlySpan<byte> payload, PayloadFormat format, LinkReport report) => Refusal.PayloadMalformedProtobuf;

    /// <summary>The payload format that MQTT 5 properties (as received, without their length) name by Content Type (3.3.2.3.9).</summary>
    public static PayloadFormat FormatOf(ReadOnlySpan<byte> properties) => PayloadFormat.Detect;
}
