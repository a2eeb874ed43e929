using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds gateways that send with all their power and are hardly heard, by what their gNB says of them.</summary>
/// <remarks>Only of terminals whose gateway is known: an RNTI that no bed belongs to is nothing that anybody can act on.</remarks>
internal static class UplinkRule
{
    public static void Take(in RuleContext context, NetworkReport report)
    {
        foreach (var terminal in context.Ward.Network.Terminals)
        {
            if (terminal.Gateway < 0 || terminal.Source != report.Source || terminal.ReportedUs != context.NowUs)
            {
                continue;
            }

            var gateway = context.Ward.Network.Gateways[terminal.Gateway];
            var facts = terminal.Facts;
            if (gateway.Radio.Uplink.Observe(facts.PowerHeadroomDb, facts.UlMcs, facts.UlBlockErrorShare, context.NowUs))
            {
                gateway.Radio.UplinkEpisode = RadioRule.Toggle(context, gateway, gateway.Radio.UplinkEpisode, "uplink_limited", EventSeverity.Low, [
                    .. RadioRule.Known("power_headroom_db", facts.PowerHeadroomDb), .. RadioRule.Known("ul_mcs", facts.UlMcs),
                    .. RadioRule.Known("ul_block_error_share", facts.UlBlockErrorShare), .. RadioRule.Known("pusch_snr_db", facts.PuschSnrDb),
                    new("rnti_confidence", gateway[GatewayStep.Rnti].Confidence), new("advice", "move the antenna")]);
            }
        }
    }
}
