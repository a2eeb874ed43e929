using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Tests.Rules;

public sealed class NetworkHealthTests
{
    private readonly WardBench _bench = new();

    private WardState Ward => _bench.Processor.State;

    private PartCondition Core => NetworkHealth.Core(Ward, Ward.LogTimeUs).Condition;

    private PartCondition Backhaul => NetworkHealth.Backhaul(Ward, Ward.LogTimeUs).Condition;

    [Fact]
    public void NoSources_EverythingIsUnknown() => Assert.Equal((PartCondition.Unknown, PartCondition.Unknown), (Core, Backhaul));

    [Fact]
    public void AllAnswerWell_EverythingIsGood()
    {
        Gnb(0);
        Amf(0, 1);
        Upf(0, 1);

        Assert.Equal((PartCondition.Good, PartCondition.Good, PartCondition.Good), (Core, Backhaul, NetworkHealth.Cell(Ward, 0, Ward.LogTimeUs).Condition));
    }

    [Fact]
    public void AmfWithoutGnb_CoreIsDownAndSaysWhy()
    {
        Gnb(0);
        Amf(0, 0);

        var health = NetworkHealth.Core(Ward, Ward.LogTimeUs);
        Assert.Equal(PartCondition.Down, health.Condition);
        Assert.Equal("amf_gnbs", health.Evidence.Single().Name);
    }

    [Fact]
    public void NoPeerOnN4_CoreIsDown()
    {
        Gnb(0);
        Amf(0, 1);
        Upf(0, 0);

        Assert.Equal(PartCondition.Down, Core);
    }

    [Fact]
    public void CoreUnreachedWhileAGnbIs_CoreIsDownAndBackhaulNot()
    {
        Gnb(0);
        Unreached(100, "amf", NetworkSourceKind.Amf);
        Unreached(200, "upf", NetworkSourceKind.Upf);

        Assert.Equal((PartCondition.Down, PartCondition.Good), (Core, Backhaul));
    }

    [Fact]
    public void NothingReached_BackhaulIsDownAndTheCoreOnlySuspect()
    {
        Unreached(0, "gnb-a", NetworkSourceKind.Gnb);
        Unreached(100, "amf", NetworkSourceKind.Amf);

        Assert.Equal((PartCondition.Suspect, PartCondition.Down), (Core, Backhaul));
    }

    [Fact]
    public void GnbUnreachedWhileTheCoreIs_ItsCellIsDown()
    {
        Gnb(0);
        Unreached(1000, "gnb-a", NetworkSourceKind.Gnb);
        Amf(1100, 1);

        Assert.Equal(PartCondition.Down, NetworkHealth.Cell(Ward, 0, Ward.LogTimeUs).Condition);
    }

    [Fact]
    public void GnbAnswersWithoutTheCell_CellIsDown()
    {
        Gnb(0);
        for (var second = 1; second < 6; second++)
        {
            _bench.Network(second * 1000, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, Cells = [] });
        }

        Assert.Equal(PartCondition.Down, NetworkHealth.Cell(Ward, 0, Ward.LogTimeUs).Condition);
    }

    [Fact]
    public void SourceThatStoppedReporting_SaysNothing()
    {
        Amf(0, 0);
        _bench.Tick(60_000);

        Assert.Equal(PartCondition.Unknown, Core);
    }

    [Fact]
    public void Probes_AllDark_AreDownAndOneThatAnswersIsGood()
    {
        Probe(0, "a", 0);
        Probe(0, "b", 0);
        Assert.Equal(PartCondition.Down, NetworkHealth.Probes(Ward, Ward.LogTimeUs, "backhaul").Condition);
        Assert.Equal(PartCondition.Down, Backhaul);

        Probe(1000, "b", 10);
        Assert.Equal(PartCondition.Good, Backhaul);
        Assert.Equal(PartCondition.Unknown, NetworkHealth.Probes(Ward, Ward.LogTimeUs, "core").Condition);
    }

    private void Probe(long ms, string session, int received) => _bench.Apply(new BenchRecord(
        RecordKind.Probe, ms, "", 0, new ProbeReport { Session = session, Target = "backhaul", Sent = 10, Received = received }.ToJson()));

    private void Gnb(long ms) => _bench.Network(ms, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, Cells = [new CellFacts { Pci = 7 }] });

    private void Amf(long ms, int gnbs) => _bench.Network(ms, new NetworkReport { Source = "amf", Kind = NetworkSourceKind.Amf, Core = new CoreFacts { Gnbs = gnbs } });

    private void Upf(long ms, int peers) => _bench.Network(ms, new NetworkReport { Source = "upf", Kind = NetworkSourceKind.Upf, Core = new CoreFacts { PfcpPeers = peers } });

    private void Unreached(long ms, string name, NetworkSourceKind kind) => _bench.Network(ms, new NetworkReport { Source = name, Kind = kind, Reached = false, Error = "refused" });
}
