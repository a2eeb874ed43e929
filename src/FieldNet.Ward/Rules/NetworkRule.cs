using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Takes what a source of the 5G side said.</summary>
internal static class NetworkRule
{
    public static void Apply(in RuleContext context, in LogRecord record)
    {
    }
}
