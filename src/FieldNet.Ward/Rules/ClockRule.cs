using System.Text.Json;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.Rules;

/// <summary>Reports what the agent's own clock did: a step of the wall clock, a suspend of the machine, a stall of the agent.</summary>
internal static class ClockRule
{
    /// <summary>From here on a stall is told, and what was live before it is no longer taken for live.</summary>
    private const long LongStallUs = 1_000_000;

    /// <summary>The machine slept or the agent stood still: nothing was heard meanwhile because nobody listened.</summary>
    public static bool WasAway(in LogRecord record) => Read(record, "suspended_us") > 0 || Read(record, "stalled_us") >= LongStallUs;

    public static bool IsShortStall(in LogRecord record) => record.Kind == RecordKind.Clock && Read(record, "stalled_us") is > 0 and < LongStallUs;

    public static void Say(in RuleContext context, in LogRecord record)
    {
        var stalledUs = Read(record, "stalled_us");
        if (stalledUs is > 0 and < LongStallUs)
        {
            return;
        }

        if (stalledUs > 0)
        {
            context.Outbox.Point(
                context.Ward, context.NowUs, "incident", "stall", "agent", EventSeverity.Medium, [], [new("stalled_ms", stalledUs / 1000)], "agent");
            return;
        }

        context.Outbox.Point(
            context.Ward, context.NowUs, "clock", "step", "agent", EventSeverity.Medium, [],
            [new("step_ms", Read(record, "step_us") / 1000), new("suspended_ms", Read(record, "suspended_us") / 1000)], "clock");
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
