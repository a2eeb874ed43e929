using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Follows the synthetic TEST alarm along the alarm path, hop by hop.</summary>
internal static class WatchdogRule
{
    public static void Seen(in RuleContext context, in LogRecord record)
    {
    }
}
