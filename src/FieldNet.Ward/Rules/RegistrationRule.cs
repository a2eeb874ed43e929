using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds a gateway that is not registered in the network, by its own word or because the core no longer has it.</summary>
internal static class RegistrationRule
{
    public static void Report(in RuleContext context, GatewayState gateway, LinkReport report)
    {
        var wasOut = gateway.Radio.Registered.SaidOut;
        if (gateway.Radio.Registered.ObserveOwn(report.Registration, context.NowUs))
        {
            Toggle(context, gateway);
        }

        if (wasOut && !gateway.Radio.Registered.SaidOut)
        {
            gateway.AttachedUs = context.NowUs;
        }
    }

    public static void SeenAtCore(in RuleContext context, GatewayState gateway, bool isKnown)
    {
        if (gateway.Radio.Registered.ObserveCore(isKnown, context.NowUs))
        {
            Toggle(context, gateway);
        }
    }

    private static void Toggle(in RuleContext context, GatewayState gateway) =>
        gateway.Radio.UnregisteredEpisode = RadioRule.Toggle(context, gateway, gateway.Radio.UnregisteredEpisode, "unregistered", EventSeverity.Medium, [
            new("gateway_says", NameOf(gateway.Radio.Registration)),
            new("missing_at_core", gateway.Radio.Registered.IsMissingAtCore),
            new("supi", gateway[GatewayStep.Supi].Value)]);

    private static string NameOf(byte registration) => registration switch
    {
        1 => "searching",
        2 => "limited",
        3 => "registered",
        4 => "connected",
        5 => "denied",
        _ => "",
    };
}
