using System.Text.Json;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.Rules;

/// <summary>Reports what the agent's own clock did: a step of the wall clock, or a suspend of the machine.</summary>
internal static class ClockRule
{
    public static bool IsSuspend(in LogRecord record) => Read(record, "suspended_ms") > 0;

    public static void Say(in RuleContext context, in LogRecord record)
    {
        context.Outbox.Point(
            context.Ward, context.NowUs, "clock", "step", "agent", EventSeverity.Medium, [],
            [new("step_ms", Read(record, "step_ms")), new("suspended_ms", Read(record, "suspended_ms"))], "clock");
    }

    private static long Read(in LogRecord record, string name)
    {
        var reader = new Utf8JsonReader(record.Payload);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name))
            {
                return reader.Read() && reader.TryGetInt64(out var value) ? value : 0;
            }
        }

        return 0;
    }
}
