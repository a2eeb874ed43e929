using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Scenarios;

/// <summary>What the gateways of a scenario report of their radio: the recording's own signal where it has one.</summary>
internal sealed class RadioReports(Scenario scenario, VirtualDevice[] devices, Random random)
{
    /// <summary>Of a gateway whose recording says nothing of its signal, by its number.</summary>
    private readonly double[] _rsrpDbm = [.. devices.Select(_ => random.Between(-94, -76))], _sinrDb = [.. devices.Select(_ => random.Between(12, 22))];

    public byte[] Of(VirtualDevice gateway, in FaultEffect effect, long nowUs, VirtualStamp stamp)
    {
        var (layout, place) = (scenario.Layout, gateway.Gateway);
        var cell = layout.Cells[CellOf(scenario, gateway, effect)];
        var slice = layout.Slices[place.Slice];
        var (rsrp, sinr) = gateway.Path.Radio(nowUs);
        rsrp = double.IsNaN(rsrp) ? _rsrpDbm[place.Number] + random.Noise() : rsrp;
        sinr = double.IsNaN(sinr) ? _sinrDb[place.Number] + random.Noise() : sinr;
        var report = new LinkReport
        {
            Stamp = new Stamp
            {
                Epoch = stamp.Epoch,
                Seq = stamp.Seq,
                DeviceTimeUs = stamp.DeviceTimeUs,
                SentTimeUs = stamp.SentTimeUs,
                Mode = Stamp.Types.Mode.Demo,
                Clock = Stamp.Types.Clock.Ntp,
            },
            Registration = !effect.Unregistered ? LinkReport.Types.Registration.Connected
                : place.Number % 2 == 0 ? LinkReport.Types.Registration.Searching : LinkReport.Types.Registration.Denied,
            Rat = "NR_SA",
            Band = 78,
            Arfcn = 640_000,
            Pci = cell.Pci,
            NrCellId = cell.NrCellId,
            Tac = 1,
            RsrpDbm = Math.Round(rsrp - effect.WeakDb),
            RsrqDb = Math.Round(-11 - effect.WeakDb / 6),
            SinrDb = Math.Round(sinr - effect.WeakDb * 0.7),
            Ip = place.Ip,
            SliceSst = slice.Sst,
            SliceSd = slice.Sd,
            FiveQi = place.FiveQi,
            RttMs = Math.Round(2 * (gateway.Path.OneWayMs(nowUs) + effect.LatencyMs), 1),
            OnMains = !effect.OffMains,
            BatteryPercent = effect.OffMains ? Math.Round(100 * Math.Max(0, effect.BatteryShare)) : 100,
        };
        report.Serves.AddRange(place.Serves.Select(device => device.InWard));
        return report.ToByteArray();
    }

    /// <summary>Index of the cell that a gateway is on now.</summary>
    public static int CellOf(Scenario scenario, VirtualDevice gateway, in FaultEffect effect) =>
        (gateway.Gateway.Cell + (effect.AtOtherCell ? 1 : 0)) % scenario.Layout.Cells.Count;
}
