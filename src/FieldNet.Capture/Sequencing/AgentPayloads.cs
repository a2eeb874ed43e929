using System.Buffers;
using System.Text.Json;
using FieldNet.Telemetry;

namespace FieldNet.Capture.Sequencing;

/// <summary>The JSON payloads of the records that the agent itself writes.</summary>
internal static class AgentPayloads
{
    public static ReadOnlySpan<byte> Start(int start, string version, long checkpoint, long previousRecord, bool clean, long wallMinusLogUs, byte[] settings) => Write(json =>
    {
        json.WriteNumber("start", start);
        json.WriteString("version", version);
        if (checkpoint == 0)
        {
            json.WriteNull("checkpoint");
        }
        else
        {
            json.WriteNumber("checkpoint", checkpoint);
        }

        json.WriteNumber("previous_record", previousRecord);
        json.WriteBoolean("clean", clean);
        json.WriteNumber("wall_minus_log_us", wallMinusLogUs);
        if (settings.Length > 0)
        {
            json.WritePropertyName("settings");
            json.WriteRawValue(settings);
        }
    });

    public static ReadOnlySpan<byte> Quarantine(long number, Exception error) => Write(json =>
    {
        json.WriteNumber("number", number);
        json.WriteString("error", $"{error.GetType().Name}: {error.Message}");
    });

    public static ReadOnlySpan<byte> Clock(ClockChange change) => Write(json =>
    {
        json.WriteString("what", change.SuspendedUs > 0 ? "suspend" : "step");
        json.WriteNumber("step_us", change.StepUs);
        json.WriteNumber("suspended_us", change.SuspendedUs);
        json.WriteNumber("wall_minus_log_us", change.WallMinusLogUs);
    });

    public static ReadOnlySpan<byte> Stall(long stalledUs) => Write(json =>
    {
        json.WriteString("what", "stall");
        json.WriteNumber("stalled_us", stalledUs);
    });

    public static ReadOnlySpan<byte> Shed(ShedSpan span) => Write(json =>
    {
        json.WriteNumber("from", span.From);
        json.WriteNumber("through", span.Through);
        json.WriteNumber("count", span.Count);
        json.WriteNumber("bytes", span.Bytes);
    });

    public static ReadOnlySpan<byte> Refused(in RefusalQueue.Item item)
    {
        var (reason, address, detail) = (item.Reason, item.Address, item.Detail);
        return Write(json =>
        {
            json.WriteString("reason", reason.Name());
            json.WriteString("address", address);
            json.WriteString("detail", detail);
        });
    }

    private static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
