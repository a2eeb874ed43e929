using FieldNet.Bedside.Faults;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Bedside.Network;

/// <summary>What a gateway reports of its radio each second, in virtual and in real time.</summary>
internal static class GatewayReport
{
    /// <param name="layout">The site.</param>
    /// <param name="gateway">Who reports.</param>
    /// <param name="effect">Of the faults on it now.</param>
    /// <param name="rsrpDbm">Without faults; so the next two.</param>
    /// <param name="sinrDb">Signal to interference and noise.</param>
    /// <param name="oneWayMs">Delay of its path.</param>
    public static LinkReport Of(SiteLayout layout, GatewayPlace gateway, in FaultEffect effect, double rsrpDbm, double sinrDb, double oneWayMs)
    {
        var cell = layout.Cells[CellOf(layout, gateway, effect)];
        var slice = layout.Slices[gateway.Slice];
        var report = new LinkReport
        {
            Registration = !effect.Unregistered ? LinkReport.Types.Registration.Connected
                : gateway.Number % 2 == 0 ? LinkReport.Types.Registration.Searching : LinkReport.Types.Registration.Denied,
            Rat = "NR_SA",
            Band = 78,
            Arfcn = 640_000,
            Pci = cell.Pci,
            NrCellId = cell.NrCellId,
            Tac = 1,
            RsrpDbm = Math.Round(rsrpDbm - effect.WeakDb),
            RsrqDb = Math.Round(-11 - effect.WeakDb / 6),
            SinrDb = Math.Round(sinrDb - effect.WeakDb * 0.7),
            Ip = gateway.Ip,
            SliceSst = slice.Sst,
            SliceSd = slice.Sd,
            FiveQi = gateway.FiveQi,
            RttMs = Math.Round(2 * (oneWayMs + effect.LatencyMs), 1),
            OnMains = !effect.OffMains,
            BatteryPercent = effect.OffMains ? Math.Round(100 * Math.Max(0, effect.BatteryShare)) : 100,
        };
        report.Serves.AddRange(gateway.Serves.Select(device => device.InWard));
        return report;
    }

    /// <summary>Index of the cell that a gateway is on now.</summary>
    public static int CellOf(SiteLayout layout, GatewayPlace gateway, in FaultEffect effect) => (gateway.Cell + (effect.AtOtherCell ? 1 : 0)) % layout.Cells.Count;
}
