using FieldNet.Telemetry.Decoding;
using FieldNet.Telemetry.Signals;
using Google.Protobuf.Reflection;

namespace FieldNet.Telemetry.Messages;

/// <summary>Reads the wire contract out of payload bytes into storage that the caller reuses.</summary>
/// <remarks>
/// Threading: one thread an instance. Errors: a named <see cref="Refusal"/>, never an exception; the target's content is then undefined.
/// Allocation: none for protobuf waveforms and vitals of known signals and link reports of known texts; JSON, alarms and status may allocate.
/// </remarks>
public sealed class TelemetryDecoder
{
    /// <summary>Largest payload read, bytes; more is <see cref="Refusal.PayloadTooLarge"/>.</summary>
    public const int MaxPayloadBytes = 256 * 1024;

    private readonly JsonToWire _json = new();
    private readonly KeptTexts _texts = new();

    public Refusal ReadWave(ReadOnlySpan<byte> payload, PayloadFormat format, Signal signal, out WaveChunk chunk)
    {
        var refusal = ToWire(ref payload, format, Wire.WaveChunk.Descriptor);
        if (refusal == Refusal.None)
        {
            return WaveFields.Read(payload, signal, out chunk);
        }

        chunk = default;
        return refusal;
    }

    public Refusal ReadVitals(ReadOnlySpan<byte> payload, PayloadFormat format, Vitals vitals)
    {
        var refusal = ToWire(ref payload, format, Wire.Vitals.Descriptor);
        return refusal == Refusal.None ? VitalsFields.Read(payload, vitals) : refusal;
    }

    public Refusal ReadAlarms(ReadOnlySpan<byte> payload, PayloadFormat format, AlarmReport report)
    {
        var refusal = ToWire(ref payload, format, Wire.AlarmReport.Descriptor);
        return refusal == Refusal.None ? AlarmFields.Read(payload, report) : refusal;
    }

    public Refusal ReadStatus(ReadOnlySpan<byte> payload, PayloadFormat format, DeviceStatus status)
    {
        var refusal = ToWire(ref payload, format, Wire.DeviceStatus.Descriptor);
        return refusal == Refusal.None ? StatusFields.Read(payload, status) : refusal;
    }

    public Refusal ReadLink(ReadOnlySpan<byte> payload, PayloadFormat format, LinkReport report)
    {
        var refusal = ToWire(ref payload, format, Wire.LinkReport.Descriptor);
        return refusal == Refusal.None ? LinkFields.Read(payload, report, _texts) : refusal;
    }

    /// <summary>The payload format that MQTT 5 properties (as received, without their length) name by Content Type (3.3.2.3.9).</summary>
    public static PayloadFormat FormatOf(ReadOnlySpan<byte> properties) => PublishProperties.FormatOf(properties);

    /// <summary>Leaves a protobuf payload as it is and rewrites a JSON one as protobuf, so that one set of readers decides about both.</summary>
    private Refusal ToWire(ref ReadOnlySpan<byte> payload, PayloadFormat format, MessageDescriptor message)
    {
        if (payload.IsEmpty)
        {
            return Refusal.PayloadEmpty;
        }

        if (payload.Length > MaxPayloadBytes)
        {
            return Refusal.PayloadTooLarge;
        }

        if (format is not (PayloadFormat.Detect or PayloadFormat.Protobuf or PayloadFormat.Json))
        {
            return Refusal.ContentTypeUnknown;
        }

        if (format == PayloadFormat.Protobuf || (format == PayloadFormat.Detect && payload[0] != (byte)'{'))
        {
            return Refusal.None;
        }

        return _json.TryWrite(payload, message, out payload) ? Refusal.None : Refusal.PayloadMalformedJson;
    }
}
