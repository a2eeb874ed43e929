using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Takes a second of an active probe.</summary>
internal static class ProbeRule
{
    public static void Apply(in RuleContext context, in LogRecord record)
    {
    }
}
