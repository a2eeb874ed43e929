using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Makes the link reports of a scenario's gateways.</summary>
internal sealed class RadioReports(Scenario scenario, Random random)
{
    private readonly RadioSignal[] _signals = [.. scenario.Paths.Select(path => new RadioSignal(path, random))];

    public byte[] Of(VirtualDevice gateway, in FaultEffect effect, long nowUs, VirtualStamp stamp)
    {
        var (rsrp, sinr) = _signals[gateway.Gateway.Number].At(nowUs);
        var report = GatewayReport.Of(scenario.Layout, gateway.Gateway, effect, rsrp, sinr, gateway.Path.OneWayMs(nowUs));
        report.Stamp = new Stamp
        {
            Epoch = stamp.Epoch,
            Seq = stamp.Seq,
            DeviceTimeUs = stamp.DeviceTimeUs,
            SentTimeUs = stamp.SentTimeUs,
            Mode = Stamp.Types.Mode.Demo,
            Clock = Stamp.Types.Clock.Ntp,
        };
        return report.ToByteArray();
    }
}
