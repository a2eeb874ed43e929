using FieldNet.Telemetry;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Wire;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;
using Google.Protobuf;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>The TEST alarm's way is followed hop by hop; it is an incident when it stays away, and never an alarm of a bed.</summary>
public sealed class WatchdogRuleTests
{
    private const string Topic = "fieldnet/v1/chu/icu1/_watchdog/alarm";

    private readonly WardBench _bench = new();

    public WatchdogRuleTests() => _bench.Vitals(0);

    private WatchdogView View => Assert.Single(_bench.Processor.Snapshot().Watchdogs);

    private IEnumerable<WardEvent> Incidents => _bench.Events.Where(e => e is { Kind: "incident", What: "alarm_path" });

    [Fact]
    public void Seen_WholeWay_ShowsEachHopAndSaysNothing()
    {
        Send(1000, sequence: 1, screens: 1);
        Assert.Equal(0, View.Sequence);
        Assert.Equal(Refusal.None, Arrive(1004, sequence: 1));
        Hop(1007, 1, SeenReport.Committed);
        Hop(1150, 1, SeenReport.Page);
        Live(2000, 12_000);

        Assert.Equal(1, View.Sequence);
        Assert.False(View.Missed);
        Assert.Equal([new("endpoint", 4), new("committed", 7), new("processor", 4), new("page", 150)], View.Hops);
        Assert.Empty(Incidents);
    }

    [Fact]
    public void Arrived_TestAlarm_IsNoBedAndNoAlarmAndNoMessage()
    {
        Send(1000, 1);
        Arrive(1004, 1);

        Assert.Empty(_bench.Bed.Alarms);
        Assert.Single(_bench.Processor.State.Devices);
        Assert.Equal(1, _bench.Processor.State.Messages);
        Assert.DoesNotContain(_bench.Events, e => e.Kind == "alarm");
    }

    [Fact]
    public void Arrived_NobodySentIt_IsRefused()
    {
        Send(1000, 1);

        Assert.Equal(Refusal.TopicReserved, Arrive(1004, sequence: 2));
        Assert.Null(View.Hops[0].Ms);
    }

    [Fact]
    public void Age_NeverArrives_IsOneIncidentUntilTheNextPasses()
    {
        Send(1000, 1);
        Live(1256, 62_000);
        Send(61_000, 2);
        Live(61_256, 121_000);
        Send(121_000, 3);
        Arrive(121_004, 3);
        Hop(121_008, 3, SeenReport.Committed);

        Assert.Equal([EventPhase.Start, EventPhase.End], Incidents.Select(e => e.Phase));
        var start = Incidents.First();
        Assert.Equal(("agent", "agent", EventSeverity.High), (start.Subject, start.Cause, start.Severity));
        Assert.Equal(["icu1/bed-03"], start.Beds);
        Assert.Equal(WardBench.StartUs + 11_000_000, start.TimeUs);
        Assert.Equal(["endpoint", "processor", "committed"], (string[])start.Evidence.Single(e => e.Name == "missing").Value!);
        Assert.False(View.Missed);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Age_NoScreenSawIt_IsMissedOnlyWhereOneIsOpen(int screens, bool missed)
    {
        Send(1000, 1, screens);
        Arrive(1004, 1);
        Hop(1007, 1, SeenReport.Committed);
        Live(1256, 12_000);

        Assert.Equal(missed, View.Missed);
        Assert.Equal(missed ? ["page"] : (string[])[], Incidents.SelectMany(e => (string[])e.Evidence.Single(one => one.Name == "missing").Value!));
    }

    [Fact]
    public void Age_TheOnlyScreenWasClosedMeanwhile_IsNotMissed()
    {
        Send(1000, 1, screens: 1);
        Arrive(1004, 1);
        Hop(1007, 1, SeenReport.Committed);
        Seen(3000, new SeenReport { Ward = "icu1", Sequence = 1, Hop = SeenReport.ScreensLeft, SeenUs = 0, Screens = 0 });
        Live(3256, 12_000);

        Assert.Empty(Incidents);
    }

    [Fact]
    public void Age_TheAgentStopsSending_IsMissedToo()
    {
        Send(1000, 1);
        Arrive(1004, 1);
        Hop(1007, 1, SeenReport.Committed);
        Live(1256, 72_000);

        Assert.Equal(["sent"], (string[])Incidents.Single().Evidence.Single(e => e.Name == "missing").Value!);
    }

    [Fact]
    public void Age_TheAgentStartedAnew_HasItsGrace()
    {
        Send(1000, 1);
        Live(1256, 5000);
        _bench.AgentStart(5000);
        Live(5256, 90_000);

        Assert.Empty(Incidents);
    }

    [Fact]
    public void Seen_FromACheckpoint_GoesOn()
    {
        Send(1000, 1);
        var twin = new WardBench();
        twin.Processor.RestoreCheckpoint(_bench.Processor.SaveCheckpoint(), new());
        foreach (var bench in new[] { _bench, twin })
        {
            bench.Tick(12_000);
        }

        Assert.Equal(Incidents.Select(e => e.Id), twin.Events.Where(e => e.What == "alarm_path").Select(e => e.Id));
        Assert.NotEmpty(Incidents);
    }

    [Fact]
    public void Seen_ClientsOwnWord_IsNotBelieved()
    {
        var report = new SeenReport { Ward = "icu1", Sequence = 1, Hop = SeenReport.Sent, SeenUs = 0 };
        _bench.Apply(new BenchRecord(RecordKind.Seen, 1000, "", 7, report.ToJson()));

        Assert.Empty(_bench.Processor.State.Network.Watchdogs);
    }

    private void Live(long fromMs, long toMs)
    {
        for (var ms = fromMs; ms < toMs; ms += 1000)
        {
            _bench.Vitals(ms);
        }
    }

    private void Send(long ms, long sequence, int screens = 0) => Seen(ms, new SeenReport
    {
        Ward = "icu1", Site = "chu", Sequence = sequence, Hop = SeenReport.Sent, SeenUs = WardBench.StartUs + (ms * 1000), Screens = screens,
    });

    private void Hop(long ms, long sequence, string hop) =>
        Seen(ms, new SeenReport { Ward = "icu1", Sequence = sequence, Hop = hop, SeenUs = WardBench.StartUs + (ms * 1000) });

    private void Seen(long ms, SeenReport report) => _bench.Apply(new BenchRecord(RecordKind.Seen, ms, "", 0, report.ToJson()));

    private Refusal Arrive(long ms, ulong sequence) => _bench.Publish(ms, Topic, new AlarmReport
    {
        Stamp = new Stamp { Seq = sequence, Mode = Stamp.Types.Mode.Test },
    }.ToByteArray());
}
