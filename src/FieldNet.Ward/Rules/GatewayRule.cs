using System.Globalization;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Takes a gateway's report of its radio and of whom it serves.</summary>
internal static class GatewayRule
{
    /// <summary>What a gateway says of its own subscription can be a setting that the core did not grant: the core's word is surer.</summary>
    private const double OwnFlowConfidence = 0.95;

    /// <summary>A gateway that was not heard for so long may have been off the air: its next report is taken for the sign of a new attachment.</summary>
    private const long QuietUs = 5_000_000;

    /// <param name="report">In order, and of now: what was overtaken or buffered is no news of the radio.</param>
    public static void Apply(in RuleContext context, DeviceState device, LinkReport report)
    {
        var ward = context.Ward;
        if (Of(ward, device) is not { } gateway)
        {
            return;
        }

        if (gateway.ReportedUs == 0)
        {
            gateway.Device = device.Index;
            PathRule.BindServed(ward, gateway);
        }

        if (gateway.ReportedUs == 0 || gateway.Epoch != device.Epoch || context.NowUs - gateway.ReportedUs > QuietUs)
        {
            gateway.AttachedUs = context.NowUs;
        }

        (gateway.ReportedUs, gateway.Epoch) = (context.NowUs, device.Epoch);
        TakeServed(context, gateway, report.Serves);
        TakeSteps(context, gateway, report);
        RadioRule.Apply(context, gateway, report);
    }

    /// <summary>The gateway that a device is, new if need be; null when there are too many.</summary>
    private static GatewayState? Of(WardState ward, DeviceState device) =>
        device.Path.Over is >= 0 and var over && ward.Network.Gateways[over] is var gateway && gateway.Device == device.Index
            ? gateway
            : Of(ward, PathRule.KeyOf(ward, device));

    /// <summary>The gateway of a key, new if need be; null when there are too many.</summary>
    public static GatewayState? Of(WardState ward, string key)
    {
        var gateway = ward.Network.Gateways.Find(candidate => candidate.Key == key);
        if (gateway is null && ward.Network.Gateways.Count < WardLimits.Gateways)
        {
            gateway = new GatewayState { Index = ward.Network.Gateways.Count, Key = key };
            gateway.Device = ward.Devices.Find(device => PathRule.KeyOf(ward, device) == key)?.Index ?? -1;
            ward.Network.Gateways.Add(gateway);
        }

        return gateway;
    }

    /// <summary>The entry of a name in a gateway's list, new if need be.</summary>
    public static ServedState Serve(WardState ward, GatewayState gateway, string name)
    {
        var served = gateway.Serves.Find(candidate => candidate.Name == name);
        if (served is null)
        {
            served = new ServedState { Name = name, Device = PathRule.Find(ward, gateway, name) };
            gateway.Serves.Add(served);
        }

        return served;
    }

    /// <summary>A report without a list says nothing about it: what stood before stands.</summary>
    private static void TakeServed(in RuleContext context, GatewayState gateway, List<string> names)
    {
        if (names.Count > 0 && !IsAsBefore(gateway, names))
        {
            TakeOthers(context, gateway, names);
        }
    }

    private static void TakeOthers(in RuleContext context, GatewayState gateway, List<string> names)
    {
        var (ward, changed) = (context.Ward, false);
        foreach (var served in gateway.Serves.Where(served => served.SinceUs > 0 && !names.Contains(served.Name)).ToArray())
        {
            Unserve(ward, gateway, served);
        }

        gateway.Unkept = 0;
        foreach (var name in names)
        {
            var known = gateway.Serves.Exists(served => served.Name == name);
            if (name.Length > WardLimits.IdentityText || (!known && gateway.Serves.Count >= WardLimits.ServedPerGateway))
            {
                gateway.Unkept++;
            }
            else if (Serve(ward, gateway, name) is { SinceUs: 0 } served)
            {
                (served.SinceUs, changed) = (context.NowUs, true);
            }
        }

        if (changed)
        {
            PathRule.BindServed(ward, gateway);
        }
    }

    private static void Unserve(WardState ward, GatewayState gateway, ServedState served)
    {
        served.SinceUs = 0;
        if (!served.Planned)
        {
            gateway.Serves.Remove(served);
        }

        if (served.Device >= 0)
        {
            PathRule.Bind(ward, ward.Devices[served.Device]);
        }
    }

    /// <summary>The usual case, found without a search: the same names in the same order.</summary>
    private static bool IsAsBefore(GatewayState gateway, List<string> names)
    {
        var said = 0;
        foreach (var served in gateway.Serves)
        {
            if (served.SinceUs > 0 && (said == names.Count || served.Name != names[said++]))
            {
                return false;
            }
        }

        return said + gateway.Unkept == names.Count;
    }

    private static void TakeSteps(in RuleContext context, GatewayState gateway, LinkReport report)
    {
        var (network, nowUs) = (context.Ward.Network, context.NowUs);
        (gateway.Iccid, gateway.ImsiHash) = (Kept(report.Iccid, gateway.Iccid), Kept(report.ImsiHash, gateway.ImsiHash));
        StepRule.Say(nowUs, gateway, GatewayStep.Ip, report.Ip, 1, StepRule.Gateway);
        SayCell(context, gateway, NetworkPlaces.Cell(network, report.NrCellId, report.Pci, gateway.Cell), 1, StepRule.Gateway);
        SaySlice(context, gateway, SliceState.NameOf(report.SliceSst, report.SliceSd, gateway[GatewayStep.Slice].Value), OwnFlowConfidence, StepRule.Gateway);
        if (report.FiveQi is { } fiveQi and > 0)
        {
            StepRule.Say(nowUs, gateway, GatewayStep.FiveQi, fiveQi.ToString(CultureInfo.InvariantCulture), OwnFlowConfidence, StepRule.Gateway);
        }
    }

    public static void SayCell(in RuleContext context, GatewayState gateway, int cell, double confidence, string from)
    {
        if (cell < 0)
        {
            return;
        }

        var name = context.Ward.Network.Cells[cell].Name;
        if (cell == gateway.Cell)
        {
            // The same cell by another name (its identity became known) is no handover.
            gateway[GatewayStep.Cell].Value = name;
        }

        StepRule.Say(context.NowUs, gateway, GatewayStep.Cell, name, confidence, from);
        if (cell != gateway.Cell && gateway[GatewayStep.Cell].Value == name)
        {
            gateway.AttachedUs = gateway.Cell >= 0 ? context.NowUs : gateway.AttachedUs;
            gateway.Cell = cell;
            PathRule.FollowAll(context.Ward, gateway);
        }
        else if (gateway.Device >= 0 && context.Ward.Devices[gateway.Device].Path.Cell != gateway.Cell)
        {
            // Two cells turned out to be one.
            PathRule.FollowAll(context.Ward, gateway);
        }
    }

    public static void SaySlice(in RuleContext context, GatewayState gateway, string name, double confidence, string from)
    {
        StepRule.Say(context.NowUs, gateway, GatewayStep.Slice, name, confidence, from);
        if (name.Length == 0 || gateway[GatewayStep.Slice].Value != name)
        {
            return;
        }

        var slice = NetworkPlaces.Slice(context.Ward.Network, name);
        if (slice != gateway.Slice)
        {
            gateway.Slice = slice;
            PathRule.FollowAll(context.Ward, gateway);
        }
    }

    private static string Kept(string said, string before) => said.Length is 0 or > WardLimits.IdentityText ? before : said;
}
