using FieldNet.Slice.Core;
using FieldNet.Slice.Mapping;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Mapping;

public sealed class MappedReportTests
{
    private const string Page = """
        upf_packets_count{iface="Access",dir="rx"} 100
        upf_packets_count{iface="Access",dir="tx"} 70
        upf_packets_count{iface="Core",dir="rx"} 9
        upf_latency_ns{iface="Access"} 2500000
        upf_latency_ns{iface="Core"} NaN
        prb_used_percent{pci="1"} 25
        prb_used_percent{pci="2"} 180
        prb_used_percent{pci="x"} 1
        """;

    [Fact]
    public void Of_Rules_BecomeFieldsCellsAndMeasures()
    {
        var report = Of(
            new() { Metric = "upf_packets_count", Labels = [new("iface", "Access"), new("dir", "rx")], To = "core.n3_packets_in" },
            new() { Metric = "upf_latency_ns", Of = "iface", To = "N3.Delay", Factor = 1e-6 },
            new() { Metric = "prb_used_percent", Of = "pci", To = "cell.prb_dl_share", Factor = 0.01 },
            new() { Metric = "absent", To = "core.sessions" });

        Assert.Equal(new CoreFacts { N3PacketsIn = 100 }, report.Core);
        Assert.Equal([new NetworkMeasure("N3.Delay", "iface=Access", 2.5)], report.Measures!);
        // Over 100 % is no share: the cell is there, its figure is not known.
        Assert.Equal([new CellFacts { Pci = 1, PrbDlShare = 0.25 }, new CellFacts { Pci = 2 }], report.Cells!);
    }

    [Theory]
    [InlineData(Combination.Sum, 179)]
    [InlineData(Combination.Least, 9)]
    [InlineData(Combination.Greatest, 100)]
    [InlineData(Combination.Mean, 59.7)]
    public void Of_SeveralSeries_AreCombinedAsTheRuleSays(Combination combine, double value) =>
        Assert.Equal(value, Assert.Single(Of(new MappingRule { Metric = "upf_packets_count", To = "packets", Combine = combine }).Measures!).Value, 1);

    [Fact]
    public void Of_NothingThatMatches_SaysNothing()
    {
        var report = Of(new MappingRule { Metric = "nothing", To = "core.sessions" });

        Assert.Equal((null, null, null), (report.Core, report.Cells, report.Measures));
    }

    private static NetworkReport Of(params MappingRule[] rules) => MappedReport.Of("upf", NetworkSourceKind.Upf, rules, new MetricsPage(Page, new ReaderCounts()));
}
