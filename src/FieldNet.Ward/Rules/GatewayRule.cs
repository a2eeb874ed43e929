using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Takes a gateway's report of its radio and of whom it serves.</summary>
internal static class GatewayRule
{
    public static void Apply(in RuleContext context, DeviceState gateway, LinkReport report, in LogRecord record)
    {
    }
}
