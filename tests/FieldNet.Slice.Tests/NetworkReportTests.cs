using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests;

public sealed class NetworkReportTests
{
    [Fact]
    public void FromJson_OfItsOwnJson_IsTheSame()
    {
        var report = new NetworkReport
        {
            Source = "gnb-a",
            Kind = NetworkSourceKind.Gnb,
            Cells = [new() { Pci = 1, PrbDlShare = 0.25 }],
            Core = new() { PfcpPeers = 0 },
        };

        var read = NetworkReport.FromJson(report.ToJson());

        Assert.Equal("gnb-a", read!.Source);
        Assert.Equal(0.25, Assert.Single(read.Cells!).PrbDlShare);
        Assert.Null(read.Cells![0].PrbUlShare);
        Assert.Equal(0, read.Core!.PfcpPeers);
    }

    [Fact]
    public void FromJson_OfSomethingElse_IsNull() => Assert.Null(NetworkReport.FromJson("[]"u8));
}
