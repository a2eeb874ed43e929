using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;
using Google.Protobuf;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>A backlog raises no live alarm for what is over, and one for what still stands (P3). The outage is from 10 s to 100 s.</summary>
public sealed class BacklogRuleTests
{
    private const long BackMs = 100_000;

    private readonly WardBench _bench = new();
    private ulong _seq;

    public BacklogRuleTests() => _bench.Live(0, 10_000);

    [Fact]
    public void Report_BeganAndEndedInTheOutage_IsMissedAndNeverLive()
    {
        Historical(BackMs, measuredMs: 20_000, WardBench.Condition());
        Historical(BackMs + 10, measuredMs: 30_000, WardBench.Condition());
        Historical(BackMs + 20, measuredMs: 40_000);
        _bench.Tick(BackMs + 20_000);

        var missed = Assert.Single(Alarms(), said => said.Phase == EventPhase.Start);
        Assert.Equal(("missed", EventSeverity.High), (missed.What, missed.Severity));
        Assert.Equal((Iso(20_000), Iso(30_000), Iso(40_000)), (Of(missed, "onset"), Of(missed, "last_present"), Of(missed, "ended")));
        Assert.Equal(true, Of(missed, "late"));
        Assert.DoesNotContain(_bench.Bed.Alarms, alarm => alarm.Condition.Kind == AlarmKind.Physiological);
    }

    [Fact]
    public void Report_NothingNewerEndsIt_IsRaisedWhenTheBacklogPauses()
    {
        Historical(BackMs, measuredMs: 20_000, WardBench.Condition());
        Historical(BackMs + 500, measuredMs: 90_000, WardBench.Condition());
        _bench.Tick(BackMs + 2_499);
        Assert.Empty(Alarms());

        _bench.Tick(BackMs + 2_500);

        var raised = Assert.Single(Alarms(), said => said.Phase == EventPhase.Start);
        Assert.Equal(("device", EventPhase.Start, EventSeverity.High), (raised.What, raised.Phase, raised.Severity));
        Assert.Equal((true, Iso(90_000)), (Of(raised, "late"), Of(raised, "last_present")));
        Assert.Contains(_bench.Bed.Alarms, alarm => alarm is { Phase: AlarmPhase.ActiveUnacknowledged or AlarmPhase.Unknown, Condition.Priority: AlarmPriority.High });
    }

    [Fact]
    public void Report_ABacklogThatTrickles_KeepsAStandingAlarmNoLongerThanTenSeconds()
    {
        for (var ms = 0; ms <= 11_000; ms += 1000)
        {
            Historical(BackMs + ms, measuredMs: 20_000 + (10 * ms / 2), WardBench.Condition());
        }

        var raised = Assert.Single(Alarms(), said => said.Phase == EventPhase.Start);
        Assert.Equal(("device", EventPhase.Start), (raised.What, raised.Phase));
        Assert.Equal(WardBench.StartUs + ((BackMs + 10_000) * 1000), raised.TimeUs);
    }

    [Fact]
    public void Settle_LiveSetWithoutIt_IsMissedAtOnce()
    {
        Historical(BackMs, measuredMs: 90_000, WardBench.Condition());

        Sent(BackMs + 100, sentMs: BackMs + 100);

        Assert.Equal(["alarm/missed start high", "alarm/missed end high"], AlarmNames());
    }

    [Fact]
    public void Settle_LiveSetHasIt_IsRaisedAtOnceAndNotMissed()
    {
        Historical(BackMs, measuredMs: 90_000, WardBench.Condition());

        Sent(BackMs + 100, sentMs: BackMs + 100, WardBench.Condition());
        _bench.Tick(BackMs + 15_000);

        Assert.Equal(["alarm/device start high"], AlarmNames().Take(1));
        Assert.DoesNotContain("alarm/missed start high", AlarmNames());
    }

    [Fact]
    public void Report_BehindALiveSetThatHasItNot_IsMissed()
    {
        Sent(BackMs, sentMs: BackMs);

        Historical(BackMs + 100, measuredMs: 90_000, WardBench.Condition());
        _bench.Tick(BackMs + 5_000);

        Assert.Equal(["alarm/missed start high", "alarm/missed end high"], AlarmNames());
    }

    [Fact]
    public void Report_OfALiveOnesPast_EndsNothing()
    {
        Sent(BackMs, sentMs: BackMs, WardBench.Condition());

        Historical(BackMs + 100, measuredMs: 20_000, WardBench.Condition());
        Historical(BackMs + 200, measuredMs: 30_000);
        _bench.Tick(BackMs + 5_000);

        Assert.Equal(["alarm/device start high"], AlarmNames());
        Assert.Contains(_bench.Bed.Alarms, alarm => alarm.Condition.Kind == AlarmKind.Physiological);
    }

    [Fact]
    public void Report_OldTimesWithoutTheFlag_IsABacklogTooSoThatWhatIsOverIsMissed()
    {
        Sent(BackMs, sentMs: 20_000, WardBench.Condition());
        Sent(BackMs + 10, sentMs: 40_000);
        _bench.Tick(BackMs + 20_000);

        Assert.Equal(["alarm/missed start high", "alarm/missed end high"], AlarmNames());
    }

    [Fact]
    public void Report_ShortlyLate_IsLive()
    {
        Sent(40_000, sentMs: 15_000, WardBench.Condition());

        Assert.Equal(["alarm/device start high"], AlarmNames());
    }

    [Fact]
    public void Heard_OnlyABacklog_TheBedStaysLost()
    {
        _bench.Tick(60_000);
        Assert.Equal(BedCondition.Lost, _bench.Bed.State);

        _bench.Vitals(BackMs, also: vitals => (vitals.Stamp.Historical, vitals.Stamp.DeviceTimeUs) = (true, WardBench.StartUs + 20_000_000));

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
    }

    [Fact]
    public void Report_MoreThanAreRemembered_AreRaisedAndNotForgotten()
    {
        var many = Enumerable.Range(0, 200).Select(i => WardBench.Condition($"c{i}")).ToArray();
        Historical(BackMs, measuredMs: 20_000, many);
        Historical(BackMs + 1, measuredMs: 21_000, [.. many, .. Enumerable.Range(200, 56).Select(i => WardBench.Condition($"c{i}"))]);

        _bench.Tick(BackMs + 3_000);

        Assert.Equal(256, Alarms().Count(said => said is { What: "device", Phase: EventPhase.Start }));
    }

    [Fact]
    public void Report_AClockYearsBehindAfterOurOwnStart_IsNotOverByASetFromBefore()
    {
        Sent(9_900, sentMs: 9_900);
        _bench.AgentStart(90_000);

        Publish(BackMs, new Wire.Stamp { Epoch = 1, Seq = ++_seq, Historical = true, DeviceTimeUs = 1_000_000 }, [WardBench.Condition()]);
        _bench.Tick(BackMs + 3_000);

        Assert.Equal("alarm/device start high", AlarmNames().First());
        Assert.DoesNotContain("alarm/missed start high", AlarmNames());
    }

    [Fact]
    public void Report_AClockThatBeganAnewWithTheDevice_IsNotOverByASetFromBefore()
    {
        Sent(9_900, sentMs: 9_900);

        Publish(BackMs, new Wire.Stamp { Epoch = 2, Seq = 1, Historical = true, DeviceTimeUs = 1_000_000 }, [WardBench.Condition()]);
        _bench.Tick(BackMs + 3_000);

        Assert.Equal("alarm/device start high", AlarmNames().First());
        Assert.DoesNotContain("alarm/missed start high", AlarmNames());
    }

    [Fact]
    public void Report_AStandingOneThatRoseInTheOutage_IsShownAsUrgentAsItIs()
    {
        Sent(9_900, sentMs: 9_900, WardBench.Condition(priority: Wire.AlarmCondition.Types.Priority.Medium));

        Historical(BackMs, measuredMs: 20_000, WardBench.Condition());
        _bench.Tick(BackMs + 3_000);

        Assert.Contains("alarm/device update high", AlarmNames());
        Assert.Contains(_bench.Bed.Alarms, alarm => alarm.Condition is { Kind: AlarmKind.Physiological, Priority: AlarmPriority.High });
    }

    private static string Iso(long ms) => EventJson.Iso(WardBench.StartUs + (ms * 1000));

    private static object? Of(WardEvent happened, string name) => happened.Evidence.Single(evidence => evidence.Name == name).Value;

    private IEnumerable<WardEvent> Alarms() => _bench.Events.Where(said => said.Kind == "alarm");

    private IEnumerable<string> AlarmNames() => _bench.EventNames.Where(name => name.StartsWith("alarm/", StringComparison.Ordinal));

    /// <summary>A complete set that was buffered; the device's clock is the log's, and the way takes 3 ms.</summary>
    private void Historical(long ms, long measuredMs, params Wire.AlarmCondition[] conditions) => Publish(
        ms, new Wire.Stamp { Epoch = 1, Seq = ++_seq, Historical = true, DeviceTimeUs = WardBench.StartUs + (measuredMs * 1000) - 3000 }, conditions);

    private void Sent(long ms, long sentMs, params Wire.AlarmCondition[] conditions) => Publish(
        ms, new Wire.Stamp { Epoch = 1, Seq = ++_seq, SentTimeUs = WardBench.StartUs + (sentMs * 1000) - 3000 }, conditions);

    private void Publish(long ms, Wire.Stamp stamp, Wire.AlarmCondition[] conditions)
    {
        var report = new Wire.AlarmReport { Stamp = stamp, Complete = true };
        report.Conditions.AddRange(conditions);
        _bench.Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{WardBench.Subject}/alarm", 1, report.ToByteArray()));
    }
}
