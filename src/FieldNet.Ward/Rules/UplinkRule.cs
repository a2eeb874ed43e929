using FieldNet.Detection.Radio;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds gateways that send with all their power and are hardly heard, by what their gNB says of them.</summary>
/// <remarks>Only of terminals whose gateway is known: an RNTI that no bed belongs to is nothing that anybody can act on.</remarks>
internal static class UplinkRule
{
    /// <summary>Half of what its link's own detector needs.</summary>
    private const double Suffers = 4;

    public static void Take(in RuleContext context, NetworkReport report)
    {
        foreach (var terminal in context.Ward.Network.Terminals)
        {
            if (terminal.Source != report.Source || terminal.ReportedUs != context.NowUs
                || (terminal.Gateway >= 0 ? context.Ward.Network.Gateways[terminal.Gateway] : OnlySufferer(context.Ward, terminal)) is not { } gateway)
            {
                continue;
            }

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

    /// <summary>A terminal that nobody's is, is at its limit, and one gateway of its cell that no terminal is known of has a slow link: that one it is.</summary>
    private static GatewayState? OnlySufferer(WardState ward, TerminalState terminal)
    {
        if (terminal.Facts.PowerHeadroomDb is not <= UplinkLimit.NoHeadroomDb)
        {
            return null;
        }

        GatewayState? only = null;
        foreach (var gateway in ward.Network.Gateways)
        {
            var suffers = gateway.Cell == terminal.Cell && gateway.Device >= 0 && !ward.Network.Terminals.Exists(other => other.Gateway == gateway.Index)
                && ward.Devices.Exists(device => device.Path.Over == gateway.Index && (device.Link.Latency.Sum >= Suffers || device.Link.JitterGrowth.Sum >= Suffers));
            if (suffers && only is not null)
            {
                return null;
            }

            only = suffers ? gateway : only;
        }

        return only;
    }
}
