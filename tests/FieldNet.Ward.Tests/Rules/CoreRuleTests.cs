using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Tests.Rules;

public sealed class CoreRuleTests
{
    private const string Gateway = "chu/icu1/_ward/gw1";
    private readonly WardBench _bench = new();

    private GatewayState First => _bench.Processor.State.Network.Gateways[0];

    [Fact]
    public void Session_OfTheGatewaysAddress_GivesSubscriberSliceAndClass()
    {
        _bench.Link(100, Gateway, report => (report.Ip, report.FiveQi) = ("10.45.0.2", 70));
        Smf(200, ("imsi-1", "10.45.0.2", 9), ("imsi-2", "10.45.0.3", 70));

        Assert.Equal(("imsi-1", 1.0, "core"), (First[GatewayStep.Supi].Value, First[GatewayStep.Supi].Confidence, First[GatewayStep.Supi].From));
        Assert.Equal(("9", "smf", "70"), (First[GatewayStep.FiveQi].Value, First[GatewayStep.FiveQi].From, First[GatewayStep.FiveQi].Contrary));
        Assert.Equal("1-000001", _bench.Processor.State.Network.Slices[First.Slice].Name);
    }

    [Fact]
    public void Session_AddressReusedByAnotherGateway_TheOldOneIsNotJoinedByIt()
    {
        _bench.Link(100, Gateway, report => report.Ip = "10.45.0.2");
        Smf(200, ("imsi-1", "10.45.0.2", 9));
        _bench.Link(10_000, "chu/icu1/_ward/gw2", report => report.Ip = "10.45.0.2");
        Smf(10_100, ("imsi-2", "10.45.0.2", 9));
        Smf(15_100, ("imsi-2", "10.45.0.2", 9));

        Assert.Equal("imsi-1", First[GatewayStep.Supi].Value);
        Assert.Equal("imsi-2", _bench.Processor.State.Network.Gateways[1][GatewayStep.Supi].Value);
    }

    [Fact]
    public void Session_GatewaysWordIsStale_AddressGoneToAnotherIsNotTaken()
    {
        _bench.Link(100, Gateway, report => report.Ip = "10.45.0.2");
        Smf(200, ("imsi-1", "10.45.0.2", 9));
        Smf(60_000, ("imsi-2", "10.45.0.2", 9));

        Assert.Equal("imsi-1", First[GatewayStep.Supi].Value);
    }

    [Fact]
    public void Subscriber_LocatedByTheCore_GivesTheCellOfAGatewayThatDoesNotSay()
    {
        _bench.Link(100, Gateway, report => report.Ip = "10.45.0.2");
        Smf(200, ("imsi-1", "10.45.0.2", 9));
        _bench.Network(300, new NetworkReport
        {
            Source = "amf",
            Kind = NetworkSourceKind.Amf,
            Subscribers = [new SubscriberFacts("imsi-1", true) { NrCellId = 0x18, GnbId = "gnb-1" }],
        });

        Assert.Equal("18", First[GatewayStep.Cell].Value);
        Assert.Equal(0.95, First[GatewayStep.Cell].Confidence);
        Assert.Equal(0, First.Cell);
    }

    [Fact]
    public void Subscriber_ListsLeftOutAsUnchanged_StillCount()
    {
        _bench.Link(100, Gateway, report => report.Ip = "10.45.0.2");
        Smf(200, ("imsi-1", "10.45.0.2", 9));
        foreach (var (ms, supi) in ((long, string?)[])[(1_000, "imsi-1"), (3_000, null), (5_000, "imsi-2"), (7_000, null)])
        {
            _bench.Network(ms, new NetworkReport
            {
                Source = "amf", Kind = NetworkSourceKind.Amf, Subscribers = supi is null ? null : [new SubscriberFacts(supi, true)], ListsUnchanged = supi is null ? true : null,
            });
            Assert.Equal(ms == 7_000, First.Radio.UnregisteredEpisode is not null);
        }
    }

    [Fact]
    public void Subscriber_OfAPlanOnly_IsAsSureAsThePlan()
    {
        var options = new WardOptions { Network = new NetworkPlan { Gateways = [new GatewayPlan { Gateway = "icu1/_ward/gw1", Serves = ["bed-03/mon1"], Supi = "imsi-1" }] } };
        _bench.AgentStart(0, WardSettings.ToJson(options));
        _bench.Vitals(100);
        Smf(200, ("imsi-1", "10.45.0.2", 9));

        Assert.Equal(("imsi-1", "plan"), (First[GatewayStep.Supi].Value, First[GatewayStep.Supi].From));
        Assert.Equal(("10.45.0.2", 0.6), (First[GatewayStep.Ip].Value, First[GatewayStep.Ip].Confidence));
        Assert.Equal("9", First[GatewayStep.FiveQi].Value);
    }

    [Fact]
    public void Cells_KnownByPciToTheGnbAndByIdentityToTheCore_AreOneOnceAGatewaySaysBoth()
    {
        _bench.Link(50, Gateway, report => report.Ip = "10.45.0.2");
        _bench.Network(100, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, Cells = [new CellFacts { Pci = 7 }] });
        Smf(200, ("imsi-1", "10.45.0.2", 9));
        _bench.Network(300, new NetworkReport { Source = "amf", Kind = NetworkSourceKind.Amf, Subscribers = [new SubscriberFacts("imsi-1", true) { NrCellId = 0x18 }] });
        Assert.Equal(["pci-7", "18"], _bench.Processor.State.Network.Cells.Select(cell => cell.Name));

        _bench.Link(400, Gateway, report => (report.Pci, report.NrCellId) = (7, 0x18));
        var cell = _bench.Processor.State.Network.Cells[First.Cell];
        Assert.Equal(("18", "gnb-a", 7u), (cell.Name, cell.Source, cell.Pci));

        _bench.Network(1100, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, Cells = [new CellFacts { Pci = 7, PrbDlShare = 0.4 }] });
        Assert.Equal(0.4, cell.Facts!.PrbDlShare);
    }

    private void Smf(long ms, params (string Supi, string Ip, uint FiveQi)[] sessions) => _bench.Network(ms, new NetworkReport
    {
        Source = "smf",
        Kind = NetworkSourceKind.Smf,
        Sessions = [.. sessions.Select(session => new SessionFacts(session.Supi) { Ipv4 = session.Ip, SliceSst = 1, SliceSd = "000001", FiveQi = [session.FiveQi] })],
    });
}
