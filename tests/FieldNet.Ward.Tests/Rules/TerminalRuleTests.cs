using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Tests.Rules;

public sealed class TerminalRuleTests
{
    private const int Gateways = 3;

    private readonly WardBench _bench = new();
    private long _ms;
    private uint _second = 0x4602;

    private IEnumerable<string> Findings => _bench.Events.Where(e => e.Kind == "link" && e.What != "silent").Select(e => $"{e.What} {e.Subject} {e.Phase}");

    [Fact]
    public void Terminals_OfThreeGateways_AreToldApartByTheirVolume()
    {
        Seconds(40);

        Assert.Equal(["0x4601", "0x4602", "0x4603"], _bench.Processor.State.Network.Gateways.Select(gateway => gateway[GatewayStep.Rnti].Value));
        Assert.All(_bench.Processor.State.Network.Gateways, gateway => Assert.InRange(gateway[GatewayStep.Rnti].Confidence, 0.6, 0.9));
    }

    [Fact]
    public void UplinkLimited_OfATerminalWhoseGatewayIsKnown_IsFoundThere()
    {
        Seconds(40);
        Assert.Empty(Findings);
        Seconds(5, change: ue => ue with { PowerHeadroomDb = -2, UlMcs = 2, UlBlockErrorShare = 0.3 }, whom: [2]);
        Seconds(5);

        Assert.Equal(["uplink_limited chu/icu1/_ward/gw2 Start", "uplink_limited chu/icu1/_ward/gw2 End"], Findings);
        Assert.Contains(_bench.Events, e => e.Evidence.Contains(new("advice", "move the antenna")));
    }

    [Fact]
    public void UplinkLimited_OfATerminalThatNobodyKnows_IsNone()
    {
        Seconds(5, change: ue => ue with { PowerHeadroomDb = -2, UlMcs = 2 }, whom: [2]);

        Assert.Empty(Findings);
    }

    [Fact]
    public void Congestion_CellFullAndAllWait_IsFoundAtTheCell()
    {
        Seconds(40);
        Seconds(5, share: 0.97, change: Waiting, whom: [1, 2, 3]);
        Seconds(5);

        Assert.Equal(["congestion chu/icu1/_cell-18 Start", "congestion chu/icu1/_cell-18 End"], Findings);
        Assert.Equal(["icu1/bed-01", "icu1/bed-02", "icu1/bed-03"], _bench.Events.First(e => e.What == "congestion").Beds);
    }

    [Fact]
    public void Congestion_OnlyOneSlicesTerminalsWait_IsFoundAtTheSlice()
    {
        Seconds(40);
        Seconds(5, change: Waiting, whom: [3]);
        Assert.Empty(Findings);
        Seconds(5, share: 0.97, change: Waiting, whom: [2, 3]);

        Assert.Equal(["congestion chu/icu1/_slice-2 Start"], Findings);
        Assert.Equal(["icu1/bed-02", "icu1/bed-03"], _bench.Events.First(e => e.What == "congestion").Beds);
    }

    [Fact]
    public void Congestion_SlicesOwnShareUsedUp_IsFoundAtTheSlice()
    {
        Seconds(40);
        Seconds(5, change: Waiting, whom: [2, 3], measures: [new NetworkMeasure("RRU.PrbUsedDl", "slice=2", 98)]);

        Assert.Equal(["congestion chu/icu1/_slice-2 Start"], Findings);
    }

    [Fact]
    public void Terminal_AttachesAnewAmongOthers_IsKnownByElimination()
    {
        Seconds(40);
        _bench.Network(_ms, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, RadioEvents = [new RadioUeEvent(7, 0x4602, "remove")] });
        _second = 0x4700;
        Seconds(7);

        Assert.Equal("0x4700", _bench.Processor.State.Network.Gateways[1][GatewayStep.Rnti].Value);
        Assert.Contains(_bench.Processor.State.Network.Gateways[1].History, change => change is { Step: "rnti", Before: "0x4602", After: "0x4700" });
    }

    [Fact]
    public void Terminal_CreatedWhenItsGatewayBeganToReport_IsKnownAtOnce()
    {
        _bench.Network(900, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, RadioEvents = [new RadioUeEvent(7, 0x4801, "create")] });
        _bench.Link(2000, "chu/icu1/_ward/gw9", report => report.Pci = 7);
        _bench.Network(2900, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, RadioUes = [new RadioUeFacts { Pci = 7, Rnti = 0x4801 }, new RadioUeFacts { Pci = 7, Rnti = 0x4802 }] });

        Assert.Equal("0x4801", _bench.Processor.State.Network.Gateways[0][GatewayStep.Rnti].Value);
    }

    [Fact]
    public void RntiGivenAnew_IsAnotherTerminal()
    {
        Seconds(40);
        _bench.Network(_ms, new NetworkReport { Source = "gnb-a", Kind = NetworkSourceKind.Gnb, RadioEvents = [new RadioUeEvent(7, 0x4602, "remove")], RadioUes = [] });

        Assert.DoesNotContain(_bench.Processor.State.Network.Terminals, terminal => terminal.Facts.Rnti == 0x4602);
    }

    [Fact]
    public void Checkpoint_AfterAnyRecord_SameEventsAndTheSameStateInTheEnd()
    {
        Seconds(30);
        Seconds(4, share: 0.97, change: Waiting, whom: [1, 2, 3]);
        Seconds(4, change: ue => ue with { PowerHeadroomDb = -2, UlMcs = 2 }, whom: [2]);
        Seconds(6);
        var whole = _bench.Processor.SaveCheckpoint();
        for (var cut = 7; cut < _bench.Applied.Count; cut += 61)
        {
            var (before, after) = (new WardBench(), new WardBench());
            _bench.Applied.Take(cut).ToList().ForEach(record => before.Apply(record));
            after.Processor.RestoreCheckpoint(before.Processor.SaveCheckpoint(), new Telemetry.Topics.TopicTable());
            _bench.Applied.Skip(cut).ToList().ForEach(record => after.Apply(record));

            Assert.Equal(_bench.Events.Select(e => (e.Number, e.Id, e.Phase)), before.Events.Concat(after.Events).Select(e => (e.Number, e.Id, e.Phase)));
            Assert.Equal(System.Text.Encoding.UTF8.GetString(whole), System.Text.Encoding.UTF8.GetString(after.Processor.SaveCheckpoint()));
        }
    }

    private static RadioUeFacts Waiting(RadioUeFacts ue) => ue with { SchedulingRequestDelayMs = 45, UlBufferBytes = 20_000 };

    private void Seconds(int count, double share = 0.3, Func<RadioUeFacts, RadioUeFacts>? change = null, int[]? whom = null, NetworkMeasure[]? measures = null)
    {
        for (var end = _ms + (count * 1000); _ms < end; _ms += 1000)
        {
            for (var i = 1; i <= Gateways; i++)
            {
                var gateway = i;
                _bench.Link(_ms + i, $"chu/icu1/_ward/gw{gateway}", report =>
                {
                    report.Serves.Add($"bed-0{gateway}/mon1");
                    (report.Pci, report.NrCellId, report.SliceSst) = (7, 0x18, gateway == 1 ? 1u : 2u);
                }, connection: 5 + i);
            }

            for (var part = 0; part < 4 * Gateways; part++)
            {
                var gateway = 1 + (part % Gateways);
                var samples = 100 * Volume(gateway);
                _bench.Wave(_ms + 10 + (part / Gateways * 250) + gateway, connection: 20 + gateway, subject: $"chu/icu1/bed-0{gateway}/mon1", also: chunk =>
                    (chunk.Samples, chunk.SamplePeriodUs) = (Google.Protobuf.ByteString.CopyFrom(new byte[2 * samples]), 250_000.0 / samples));
            }

            _bench.Network(_ms + 900, new NetworkReport
            {
                Source = "gnb-a",
                Kind = NetworkSourceKind.Gnb,
                Cells = [new CellFacts { Pci = 7, PrbDlShare = share, PrbUlShare = share / 2 }],
                RadioUes = [.. Enumerable.Range(1, Gateways).Select(gateway => whom?.Contains(gateway) == true ? change!(Ue(gateway)) : Ue(gateway))],
                Measures = measures,
            });
        }
    }

    private RadioUeFacts Ue(int gateway) => new()
    {
        Pci = 7,
        Rnti = gateway == 2 ? _second : 0x4600u + (uint)gateway,
        UlBitPerS = Volume(gateway) * 7_000,
        PowerHeadroomDb = 12,
        UlMcs = 18,
        UlBlockErrorShare = 0.05,
        SchedulingRequestDelayMs = 5,
        UlBufferBytes = 100,
    };

    /// <summary>Each bed's traffic has a beat of its own.</summary>
    private int Volume(int gateway) => 4 + ((int)(_ms / 1000) * (gateway + 4) % (gateway + 2));
}
