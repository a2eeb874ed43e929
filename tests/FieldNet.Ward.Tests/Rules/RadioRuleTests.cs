using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Wire;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Tests.Rules;

public sealed class RadioRuleTests
{
    private const string Gateway = "chu/icu1/_ward/gw1";
    private readonly WardBench _bench = new();
    private long _ms;

    private IEnumerable<string> Findings => _bench.Events.Where(e => e.Kind == "link" && e.What != "silent").Select(e => $"{e.What} {e.Phase}");

    [Fact]
    public void RadioWeak_SignalFallsAndRecovers_IsFoundAtTheGatewayWithItsBeds()
    {
        _bench.Vitals(0);
        Seconds(30, -80, 20);
        Assert.Empty(Findings);
        Seconds(5, -103, 1);
        Seconds(5, -80, 20);

        Assert.Equal(["radio_weak Start", "radio_weak End"], Findings);
        var found = _bench.Events.First(e => e.What == "radio_weak");
        Assert.Equal((Gateway, "icu1/bed-03"), (found.Subject, found.Beds.Single()));
        Assert.Contains(found.Evidence, e => e is { Name: "usual_rsrp_dbm", Value: -80.0 });
        Assert.Equal(FaultNode.Gateway, _bench.Processor.State.Findings.Single(f => f.Episode.What == "radio_weak").Node);
    }

    [Fact]
    public void RadioWeak_NothingMeasured_SaysNothing()
    {
        _bench.Vitals(0);
        for (; _ms < 20_000; _ms += 1000)
        {
            _bench.Link(_ms, Gateway, report => report.Serves.Add("bed-03/mon1"));
        }

        Assert.Empty(Findings);
    }

    [Fact]
    public void PingPong_TwoReturnsInAMinute_IsFound()
    {
        for (var i = 0; i < 30; i++, _ms += 1000)
        {
            _bench.Link(_ms, Gateway, report => report.NrCellId = (ulong)(i < 10 ? 1 : 1 + (i / 3 % 2)));
        }

        Assert.Equal(["handover_ping_pong Start"], Findings);
    }

    [Fact]
    public void PingPong_WalkThroughTheWardAndBack_IsNone()
    {
        foreach (var cell in new ulong[] { 1, 1, 2, 2, 3, 3, 2, 2, 1, 1 })
        {
            _bench.Link(_ms += 8000, Gateway, report => report.NrCellId = cell);
        }

        Assert.Empty(Findings);
    }

    [Fact]
    public void Unregistered_SearchingForSeconds_IsFoundAndOverOnceConnected()
    {
        foreach (var registration in Enumerable.Repeat(LinkReport.Types.Registration.Searching, 4).Append(LinkReport.Types.Registration.Connected))
        {
            _bench.Link(_ms += 1000, Gateway, report => report.Registration = registration);
        }

        Assert.Equal(["unregistered Start", "unregistered End"], Findings);
    }

    [Fact]
    public void Unregistered_NoLongerInTheListOfTheAmf_IsFound()
    {
        _bench.Link(100, Gateway, report => report.Ip = "10.45.0.2");
        _bench.Network(200, new NetworkReport { Source = "smf", Kind = NetworkSourceKind.Smf, Sessions = [new SessionFacts("imsi-1") { Ipv4 = "10.45.0.2" }] });
        Amf(1_000, "imsi-1");
        Amf(6_000, "imsi-2");
        Assert.Empty(Findings);
        Amf(11_000, "imsi-2");
        Amf(16_000, "imsi-1");

        Assert.Equal(["unregistered Start", "unregistered End"], Findings);
    }

    [Fact]
    public void Power_GatewayRunsOnItsBattery_SaysHowLongItLasts()
    {
        for (var i = 0; i < 200; i++, _ms += 1000)
        {
            _bench.Link(_ms, Gateway, report => (report.OnMains, report.BatteryPercent) = (false, 40 - (i / 5.0)));
        }

        _bench.Link(_ms, Gateway, report => (report.OnMains, report.BatteryPercent) = (true, 2));
        _bench.Link(_ms + 3000, Gateway, report => (report.OnMains, report.BatteryPercent) = (true, 2));

        Assert.Equal(["power Start", "power Update", "power End"], Findings);
        var update = _bench.Events.Single(e => e is { What: "power", Phase: Events.EventPhase.Update });
        Assert.Equal(Events.EventSeverity.Medium, update.Severity);
        Assert.InRange((double)update.Evidence.Single(e => e.Name == "minutes_left").Value!, 2, 3);
    }

    [Fact]
    public void Checkpoint_InTheMiddleOfAFinding_SameEventsAsWithout()
    {
        _bench.Vitals(0);
        Seconds(30, -80, 20);
        Seconds(3, -103, 1);
        var saved = _bench.Processor.SaveCheckpoint();
        var before = _bench.Events.Count;
        var applied = _bench.Applied.Count;
        Seconds(5, -103, 1);
        Seconds(5, -80, 20);

        var again = new WardBench();
        again.Processor.RestoreCheckpoint(saved, new Telemetry.Topics.TopicTable());
        foreach (var record in _bench.Applied.Skip(applied))
        {
            again.Apply(record);
        }

        Assert.NotEmpty(again.Events);
        Assert.Equal(_bench.Events.Skip(before).Select(e => (e.Id, e.Phase, e.TimeUs)), again.Events.Select(e => (e.Id, e.Phase, e.TimeUs)));
    }

    private void Amf(long ms, string supi) =>
        _bench.Network(ms, new NetworkReport { Source = "amf", Kind = NetworkSourceKind.Amf, Subscribers = [new SubscriberFacts(supi, true)] });

    private void Seconds(int count, double rsrp, double sinr)
    {
        for (var end = _ms + (count * 1000); _ms < end; _ms += 1000)
        {
            _bench.Link(_ms, Gateway, report =>
            {
                report.Serves.Add("bed-03/mon1");
                (report.RsrpDbm, report.SinrDb) = (rsrp, sinr);
            });
        }
    }
}
