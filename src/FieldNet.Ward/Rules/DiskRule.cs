using System.Text.Json;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.Rules;

/// <summary>The technical alarm of a disk that fills: one episode from the log's first step to the last it takes back.</summary>
internal static class DiskRule
{
    public static void Say(in RuleContext context, in LogRecord record)
    {
        using var json = Parse(in record);
        var step = Text(json, "step");
        Evidence[] evidence = [new("step", step), new("used_percent", Math.Round(Number(json, "used_percent"), 1)), new("free_mb", (long)Number(json, "free_bytes") / 1_000_000)];
        var ward = context.Ward;
        if (step == "room")
        {
            End(context, evidence);
            return;
        }

        // Waveforms go first, and only they: from the ballast on it is the ward's vitals that are at stake.
        var severity = step == "evicting" ? EventSeverity.Medium : EventSeverity.High;
        if (ward.DiskFilling is { } standing)
        {
            standing.Severity = severity;
            context.Outbox.Say(ward, context.NowUs, standing, EventPhase.Update, [], evidence, "agent");
        }
        else
        {
            ward.DiskFilling = context.Outbox.Start(ward, context.NowUs, "data", "disk", "agent", severity, [], evidence, "agent");
        }
    }

    /// <summary>A run begins with room: it says so itself when it has none.</summary>
    public static void Forget(in RuleContext context) => End(context, []);

    public static void SayCut(in RuleContext context, in LogRecord record)
    {
        using var json = Parse(in record);
        context.Outbox.Point(
            context.Ward, context.NowUs, "data", "cursor_cut", "agent", EventSeverity.Medium, [],
            [new("cursor", Text(json, "cursor")), new("from", (long)Number(json, "from")), new("through", (long)Number(json, "through"))], "agent");
    }

    private static void End(in RuleContext context, IReadOnlyList<Evidence> evidence)
    {
        if (context.Ward.DiskFilling is { } standing)
        {
            context.Outbox.Say(context.Ward, context.NowUs, standing, EventPhase.End, [], evidence, "agent");
            context.Ward.DiskFilling = null;
        }
    }

    private static JsonDocument Parse(in LogRecord record)
    {
        var reader = new Utf8JsonReader(record.Payload);
        return JsonDocument.ParseValue(ref reader);
    }

    private static string Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static double Number(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
