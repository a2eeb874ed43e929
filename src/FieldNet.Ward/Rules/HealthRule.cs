using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Takes the agent's own condition.</summary>
internal static class HealthRule
{
    public static void Apply(in RuleContext context, in LogRecord record)
    {
    }
}
