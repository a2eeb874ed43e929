using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds weak radio, handovers to and fro, a lost registration and a gateway on battery in a gateway's own reports.</summary>
internal static class RadioRule
{
    public static void Apply(in RuleContext context, GatewayState gateway, LinkReport report)
    {
        var (radio, nowUs) = (gateway.Radio, context.NowUs);
        (radio.RsrpDbm, radio.RsrqDb, radio.SinrDb, radio.Registration) = (report.RsrpDbm, report.RsrqDb, report.SinrDb, report.Registration);

        var terminal = TerminalOf(context.Ward.Network, gateway);
        if (radio.Weak.Observe(report.RsrpDbm, report.SinrDb, terminal?.Facts.Cqi, nowUs))
        {
            radio.WeakEpisode = Toggle(context, gateway, radio.WeakEpisode, "radio_weak", EventSeverity.Low, [
                .. Known("rsrp_dbm", report.RsrpDbm), .. Usual("usual_rsrp_dbm", radio.Weak.Rsrp), .. Known("sinr_db", report.SinrDb),
                .. Usual("usual_sinr_db", radio.Weak.Sinr), .. Known("cqi", terminal?.Facts.Cqi)]);
        }

        var cell = NetworkPlaces.Cell(context.Ward.Network, report.NrCellId, report.Pci, gateway.Cell);
        if (radio.PingPong.Observe(cell, nowUs))
        {
            radio.PingPongEpisode = Toggle(context, gateway, radio.PingPongEpisode, "handover_ping_pong", EventSeverity.Low, [
                new("cells", new[] { NameOf(context, radio.PingPong.Before), NameOf(context, radio.PingPong.Cell) }),
                new("returns_60s", (long)radio.PingPong.ReturnsUs.Count(returnUs => returnUs > 0))]);
        }

        RegistrationRule.Report(context, gateway, report);
        if (gateway.Device >= 0)
        {
            PowerRule.Observe(context, context.Ward.Devices[gateway.Device], FaultNode.Gateway, report.OnMains, report.BatteryPercent);
        }
    }

    /// <summary>Says that something was found at a gateway, or that it is over.</summary>
    public static Episode? Toggle(in RuleContext context, GatewayState gateway, Episode? open, string what, EventSeverity severity, IReadOnlyList<Evidence> evidence) =>
        gateway.Device < 0 ? open : Toggle(context, FaultNode.Gateway, gateway.Device, open, what, severity, evidence);

    public static Episode? Toggle(
        in RuleContext context, FaultNode node, int index, Episode? open, string what, EventSeverity severity, IReadOnlyList<Evidence> evidence)
    {
        var place = new FaultPlace(node, index);
        var beds = place.BedsOf(context.Ward);
        if (open is null)
        {
            return context.Find(node, index, "link", what, place.SubjectOf(context.Ward, beds), severity, beds, evidence);
        }

        context.Resolve(open, beds, evidence);
        return null;
    }

    private static TerminalState? TerminalOf(NetworkState network, GatewayState gateway)
    {
        foreach (var terminal in network.Terminals)
        {
            if (terminal.Gateway == gateway.Index)
            {
                return terminal;
            }
        }

        return null;
    }

    public static Evidence[] Known(string name, double? value) => value is { } known ? [new(name, Math.Round(known, 2))] : [];

    private static Evidence[] Usual(string name, in Detection.Radio.NormalLevel normal) => normal.IsKnown ? [new(name, Math.Round(normal.Mean, 1))] : [];

    private static string NameOf(in RuleContext context, int cell) => cell >= 0 ? context.Ward.Network.Cells[cell].Name : "";
}
