using System.Globalization;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;

namespace FieldNet.Ward;

/// <summary>Says what is missing, old or contradictory in a device's chain, and what to do about it: one sentence each.</summary>
internal static class MissingSteps
{
    public static IEnumerable<string> Of(WardState ward, DeviceState device, GatewayState? gateway)
    {
        if (gateway is null)
        {
            yield return $"No gateway names this device: add {ward.Beds[device.Bed].Bed}/{device.Id} to the serves list of its gateway, or to the site's plan.";
            yield break;
        }

        if (device.NamedBy > 1 && gateway.Device != device.Index)
        {
            var names = ward.Network.Gateways.Where(other => other.Serves.Exists(served => served.Device == device.Index && served.SinceUs > 0)).Select(other => other.Key);
            yield return $"{device.NamedBy.ToString(CultureInfo.InvariantCulture)} gateways name this device ({string.Join(", ", names)}): take it off the list of the one that it left.";
        }

        foreach (var sentence in OfGateway(ward, gateway).Concat(OfCore(ward, gateway)).Concat(OfRadio(ward, gateway)))
        {
            yield return sentence;
        }

        foreach (var step in Enum.GetValues<GatewayStep>())
        {
            if (gateway[step] is { Contrary.Length: > 0 } state && ward.LogTimeUs - state.ContraryUs <= StepRule.StaleUs)
            {
                yield return $"{state.ContraryFrom} says {Word(step)} {state.Contrary}, {state.From} says {state.Value}: {state.From} is believed.";
            }
        }
    }

    private static IEnumerable<string> OfGateway(WardState ward, GatewayState gateway)
    {
        if (gateway.ReportedUs == 0)
        {
            yield return $"Gateway {gateway.Key} is planned and has never reported: is it on, and does it publish its link?";
        }
        else if (ward.LogTimeUs - gateway.ReportedUs > StepRule.StaleUs)
        {
            yield return $"Gateway {gateway.Key} last reported {Seconds(ward.LogTimeUs - gateway.ReportedUs)} s ago: what follows was so then.";
        }

        if (gateway.Unkept > 0)
        {
            yield return $"Gateway {gateway.Key} names {gateway.Unkept.ToString(CultureInfo.InvariantCulture)} devices more than are kept.";
        }
    }

    private static IEnumerable<string> OfCore(WardState ward, GatewayState gateway)
    {
        var (ip, supi) = (gateway[GatewayStep.Ip], gateway[GatewayStep.Supi]);
        if (ip.Value.Length == 0 && gateway.ReportedUs > 0)
        {
            yield return "The gateway does not say its address: ip in its link report joins it to the core.";
        }

        if (ward.Network.Gateways.Find(other => other != gateway && ip is { Value.Length: > 0, From: StepRule.Gateway }
            && other[GatewayStep.Ip] is { From: StepRule.Gateway } claim && claim.Value == ip.Value) is { } rival)
        {
            yield return $"Gateway {rival.Key} says that address {ip.Value} is its own, too: the one that began to say so last is believed.";
        }

        var smf = ward.Network.Sources.Find(source => source.Kind == NetworkSourceKind.Smf);
        if (supi.Value.Length == 0 || supi.From == StepRule.Plan)
        {
            yield return smf is null ? "Nothing reads the core's sessions: configure the SMF as a source, to know subscriber, slice and class of service."
                : !smf.Reached ? $"The SMF ({smf.Name}) is not reached for {Seconds(ward.LogTimeUs - smf.SinceUs)} s: {(smf.Error.Length > 0 ? smf.Error : "no reason given")}."
                : ip.Value.Length == 0 ? "Without an address the core's sessions can't be joined."
                : $"The core does not know address {ip.Value}: is this gateway's SMF configured as a source, and is no address translation between?";
        }

        if (gateway[GatewayStep.Slice].Value.Length == 0)
        {
            yield return "Neither the gateway nor the core says the slice.";
        }

        if (gateway[GatewayStep.FiveQi].Value.Length == 0)
        {
            yield return "Neither the gateway nor the core says the class of service (5QI): its budget is not known.";
        }
    }

    private static IEnumerable<string> OfRadio(WardState ward, GatewayState gateway)
    {
        if (gateway.Cell < 0)
        {
            yield return "Neither the gateway nor the AMF says the cell: pci or nr_cell_id in its link report would.";
            yield break;
        }

        var cell = ward.Network.Cells[gateway.Cell];
        if (cell.Source.Length == 0)
        {
            yield return $"No source reads the gNB of cell {cell.Name}: its own view of the radio, and the RNTI, are not known.";
        }
        else if (gateway[GatewayStep.Rnti].Value.Length == 0)
        {
            yield return $"No terminal of cell {cell.Name} can be told to be this gateway: neither attach time nor uplink volume fits one alone.";
        }
    }

    private static string Word(GatewayStep step) => step switch
    {
        GatewayStep.Ip => "address",
        GatewayStep.Supi => "subscriber",
        GatewayStep.Cell => "cell",
        GatewayStep.Rnti => "RNTI",
        GatewayStep.Slice => "slice",
        _ => "5QI",
    };

    private static string Seconds(long us) => (us / 1_000_000).ToString(CultureInfo.InvariantCulture);
}
