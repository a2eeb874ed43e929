using FieldNet.Telemetry.Network;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Tests;

public sealed class NetworkViewsTests
{
    private const string Gateway = "chu/icu1/_ward/gw1";
    private readonly WardBench _bench = new();

    private PathView Monitor => _bench.Processor.Network().Paths.Single(path => path.Device == "mon1");

    [Fact]
    public void Draw_NothingKnownOfADevice_SaysWhatToDo()
    {
        _bench.Vitals(0);

        var path = Monitor;
        Assert.Equal(["device"], path.Chain.Select(step => step.Step));
        Assert.Equal("No gateway names this device: add bed-03/mon1 to the serves list of its gateway, or to the site's plan.", Assert.Single(path.Missing));
        Assert.Equal((null, null, null, null), (path.Budget.FiveQi, path.Budget.DelayBudgetMs, path.Budget.LinkAvailability, path.RsrpDbm));
    }

    [Fact]
    public void Draw_AllSourcesSpeak_ShowsTheWholeChainAndNothingMissing()
    {
        WholeChain();

        var path = Monitor;
        Assert.Equal(["device", "gateway", "ip", "supi", "cell", "rnti", "slice", "five_qi"], path.Chain.Select(step => step.Step));
        Assert.Equal(
            ["mon1", "icu1/_ward/gw1", "10.45.0.2", "imsi-1", "east", "0x4601", "1-000001", "9"], path.Chain.Select(step => step.Value));
        Assert.All(path.Chain, step => Assert.Equal(step.Step == "rnti" ? 0.66 : 1, step.Confidence));
        Assert.Empty(path.Missing);
        Assert.Equal(-85, path.RsrpDbm);
        Assert.Equal(["uses 5QI 9, planned 70", "on cell east, planned west"], path.Budget.Findings);
        Assert.Equal((9u, 70u, 300.0), (path.Budget.FiveQi, path.Budget.PlannedFiveQi, path.Budget.DelayBudgetMs));
        Assert.DoesNotContain(_bench.Events, e => e.What is "moved" or "five_qi");
    }

    [Fact]
    public void Draw_GatewayFellSilent_IsLessSureAndSaysSo()
    {
        WholeChain();
        _bench.Tick(100_000);

        var path = Monitor;
        Assert.All(path.Chain.Skip(1), step => Assert.True(step.Confidence <= 0.5));
        Assert.Contains(path.Missing, sentence => sentence.Contains("last reported 87 s ago", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_CoreNotConfigured_NamesTheSourceThatWouldHelp()
    {
        _bench.Vitals(0);
        _bench.Link(100, Gateway, report =>
        {
            report.Serves.Add("bed-03/mon1");
            (report.Ip, report.Pci) = ("10.45.0.2", 7);
        });

        Assert.Contains(Monitor.Missing, sentence => sentence.StartsWith("Nothing reads the core's sessions: configure the SMF", StringComparison.Ordinal));
        Assert.Contains(Monitor.Missing, sentence => sentence.StartsWith("No source reads the gNB of cell pci-7", StringComparison.Ordinal));

        _bench.Network(200, new NetworkReport { Source = "smf", Kind = NetworkSourceKind.Smf, Sessions = [new SessionFacts("imsi-9") { Ipv4 = "10.45.0.9" }] });
        Assert.Contains(Monitor.Missing, sentence => sentence.StartsWith("The core does not know address 10.45.0.2", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_Availability_CountsAnOutageButNotOurOwnAbsence()
    {
        Pace(0, 60);
        Pace(70, 120);
        var before = Monitor.Budget;
        Assert.InRange(before.ObservedS, 117, 120);
        Assert.InRange(before.LinkAvailability!.Value, 1 - (11.0 / 118), 1 - (8.5 / 118));
        Assert.True(before.ServiceAvailability > before.LinkAvailability);

        _bench.AgentStart(600_000);
        Pace(601, 661);
        Assert.InRange(Monitor.Budget.ObservedS, before.ObservedS + 58, before.ObservedS + 61);
        Assert.True(Monitor.Budget.LinkAvailability > before.LinkAvailability);
    }

    private void Pace(int from, int to)
    {
        for (var second = from; second < to; second++)
        {
            _bench.Vitals(second * 1000, also: vitals => vitals.Stamp.Seq += (ulong)second);
        }
    }

    private void WholeChain()
    {
        var options = new WardOptions
        {
            Network = new NetworkPlan
            {
                Cells = [new CellPlan { Name = "east", NrCellId = 0x18, Pci = 7 }, new CellPlan { Name = "west", NrCellId = 0x19, Pci = 8 }],
                Gateways = [new GatewayPlan { Gateway = "icu1/_ward/gw1", Serves = ["bed-03/mon1"], Cell = "west", Slice = "1-000001", FiveQi = 70, Supi = "imsi-1" }],
            },
        };
        _bench.AgentStart(0, WardSettings.ToJson(options));
        for (var second = 1; second <= 12; second++)
        {
            _bench.Vitals(second * 1000);
            _bench.Link((second * 1000) + 10, Gateway, report =>
            {
                report.Serves.Add("bed-03/mon1");
                (report.Ip, report.Pci, report.NrCellId, report.RsrpDbm, report.SinrDb) = ("10.45.0.2", 7, 0x18, -85, 15);
                (report.SliceSst, report.SliceSd) = (1, "000001");
            });
            _bench.Network((second * 1000) + 20, new NetworkReport
            {
                Source = "gnb-a",
                Kind = NetworkSourceKind.Gnb,
                Cells = [new CellFacts { Pci = 7, PrbDlShare = 0.2 }],
                RadioUes = [new RadioUeFacts { Pci = 7, Rnti = 0x4601, Cqi = 12 }],
            });
            _bench.Network((second * 1000) + 30, new NetworkReport
            {
                Source = "smf",
                Kind = NetworkSourceKind.Smf,
                Sessions = [new SessionFacts("imsi-1") { Ipv4 = "10.45.0.2", SliceSst = 1, SliceSd = "000001", FiveQi = [9] }],
            });
        }
    }
}
