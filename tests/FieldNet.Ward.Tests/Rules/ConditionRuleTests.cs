using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;
using Google.Protobuf;
using Wire = FieldNet.Telemetry.Wire.AlarmCondition.Types;
using WireCondition = FieldNet.Telemetry.Wire.AlarmCondition;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>P3: no alarm is suppressed, delayed or downgraded; what stood before an outage comes back unacknowledged.</summary>
public sealed class ConditionRuleTests
{
    private readonly WardBench _bench = new();

    [Fact]
    public void Report_NewCondition_IsShownAtOnceWithItsPriority()
    {
        _bench.Alarms(0, true, WardBench.Condition());

        Assert.Equal(AlarmPriority.High, _bench.Bed.Alarm);
        Assert.Equal(AlarmPhase.ActiveUnacknowledged, _bench.Bed.Alarms[0].Phase);
        Assert.Equal(["alarm/device start high"], _bench.EventNames);
    }

    [Fact]
    public void Report_CompleteWithoutIt_Ends()
    {
        _bench.Alarms(0, true, WardBench.Condition());

        _bench.Alarms(1000, true);

        Assert.Empty(_bench.Bed.Alarms);
        Assert.Equal("alarm/device end high", _bench.EventNames.Last());
    }

    [Fact]
    public void Report_IncompleteWithoutIt_Stands()
    {
        _bench.Alarms(0, true, WardBench.Condition("a1"));

        _bench.Alarms(1000, false, WardBench.Condition("a2", Wire.Priority.Low));

        Assert.Equal(2, _bench.Bed.Alarms.Count);
        Assert.Equal(AlarmPriority.High, _bench.Bed.Alarm);
    }

    [Fact]
    public void Report_AcknowledgedThenCleared_ThenRaised_IsUnacknowledged()
    {
        var acknowledged = WardBench.Condition();
        acknowledged.Inactivation = Wire.Inactivation.Acknowledged;
        _bench.Alarms(0, true, WardBench.Condition());

        _bench.Alarms(100, true, acknowledged);
        Assert.Equal(AlarmPhase.ActiveAcknowledged, _bench.Bed.Alarms[0].Phase);
        _bench.Alarms(200, true);
        _bench.Alarms(300, true, WardBench.Condition());

        Assert.Equal(AlarmPhase.ActiveUnacknowledged, _bench.Bed.Alarms[0].Phase);
        Assert.Equal(2, _bench.Events.Where(e => e.Phase == Events.EventPhase.Start).Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void Report_PriorityRises_IsUnacknowledgedAgain()
    {
        var acknowledged = WardBench.Condition("a1", Wire.Priority.Medium);
        acknowledged.Inactivation = Wire.Inactivation.Acknowledged;
        _bench.Alarms(0, true, acknowledged);

        var risen = WardBench.Condition("a1", Wire.Priority.High);
        risen.Inactivation = Wire.Inactivation.Acknowledged;
        _bench.Alarms(100, true, risen);

        Assert.Equal(AlarmPhase.ActiveUnacknowledged, _bench.Bed.Alarms[0].Phase);
        Assert.Equal("alarm/device update high", _bench.EventNames.Last());
    }

    [Fact]
    public void Age_LiveDeviceNoLongerConfirms_UnknownNeverCleared()
    {
        _bench.Alarms(0, true, WardBench.Condition());
        _bench.Live(1, 31_000);

        Assert.Equal(AlarmPhase.Unknown, _bench.Bed.Alarms[0].Phase);
        Assert.Equal(AlarmPriority.High, _bench.Bed.Alarm);
        Assert.Equal(["alarm/device start high", "alarm/device update high"], _bench.EventNames);
    }

    [Fact]
    public void Age_DeviceLostThenBackStillAlarming_ComesBackUnacknowledged()
    {
        var acknowledged = WardBench.Condition();
        acknowledged.Inactivation = Wire.Inactivation.Acknowledged;
        _bench.Alarms(0, true, acknowledged);
        _bench.Live(1, 2000);

        _bench.Tick(15_000);
        Assert.Equal(AlarmPhase.Unknown, _bench.Bed.Alarms.Single(alarm => alarm.Condition.Id == "a1").Phase);
        Assert.Contains("link/silent update high", _bench.EventNames);
        _bench.Alarms(16_000, true, acknowledged);

        Assert.Equal(AlarmPhase.ActiveUnacknowledged, _bench.Bed.Alarms.Single(alarm => alarm.Condition.Id == "a1").Phase);
    }

    [Fact]
    public void Age_AgentRestarts_StandingConditionIsUnknownUntilConfirmed()
    {
        _bench.Alarms(0, true, WardBench.Condition());

        _bench.AgentStart(1000);
        Assert.Equal(AlarmPhase.Unknown, _bench.Bed.Alarms[0].Phase);
        _bench.Alarms(2000, true, WardBench.Condition());

        Assert.Equal(AlarmPhase.ActiveUnacknowledged, _bench.Bed.Alarms[0].Phase);
    }

    [Fact]
    public void Report_LatchedAfterTheCauseIsGone_StaysUntilReset()
    {
        var latched = WardBench.Condition();
        (latched.Present, latched.Latched) = (false, true);
        _bench.Alarms(0, true, WardBench.Condition());

        _bench.Alarms(100, true, latched);
        Assert.Equal(AlarmPhase.Latched, _bench.Bed.Alarms[0].Phase);
        _bench.Alarms(200, true);

        Assert.Empty(_bench.Bed.Alarms);
    }

    [Fact]
    public void Report_NoPriorityNamed_IsNeverShownAsNothing()
    {
        _bench.Alarms(0, true, WardBench.Condition("a1", Wire.Priority.Unspecified));

        Assert.Equal(AlarmPriority.Medium, _bench.Bed.Alarm);
    }

    [Fact]
    public void Report_OlderReportArrivesLater_MovesNothingBack()
    {
        _bench.Alarms(0, true, WardBench.Condition());
        var raised = _bench.Applied[^1];
        _bench.Alarms(100, true);

        _bench.Apply(raised with { Ms = 200 });

        Assert.Empty(_bench.Bed.Alarms);
    }

    [Fact]
    public void Report_OneConditionSaysNothing_StandsAndHidesNoOther()
    {
        Assert.Equal(Refusal.None, _bench.Alarms(0, true, new WireCondition { Present = true, Priority = Wire.Priority.High }, WardBench.Condition("a1", Wire.Priority.Medium)));

        Assert.Equal(["unnamed", "a1"], _bench.Bed.Alarms.Select(alarm => alarm.Condition.Id));
    }

    [Fact]
    public void Report_MoreThanTheLimit_MostUrgentAreShownAndTheRestIsCounted()
    {
        var conditions = Low(256).Append(WardBench.Condition("vf")).ToArray();

        Assert.Equal(Refusal.TooManyItems, _bench.Alarms(0, true, conditions));

        Assert.Equal(256, _bench.Bed.Alarms.Count);
        Assert.Equal(AlarmPriority.High, _bench.Bed.Alarm);
    }

    [Fact]
    public void Report_CompleteButTruncated_EndsNothing()
    {
        _bench.Alarms(0, true, WardBench.Condition("low", Wire.Priority.Low));

        _bench.Alarms(1000, true, [.. Enumerable.Repeat(WardBench.Condition("high"), 256), WardBench.Condition("low", Wire.Priority.Low)]);

        Assert.Equal(["low", "high"], _bench.Bed.Alarms.Select(alarm => alarm.Condition.Id).OrderDescending());
    }

    [Fact]
    public void Report_DeviceAtTheLimitRaisesAMoreUrgentOne_IsShownInPlaceOfTheLeast()
    {
        _bench.Alarms(0, true, [.. Low(256)]);

        Assert.Equal(Refusal.TooManyItems, _bench.Alarms(1000, false, WardBench.Condition("vf")));

        Assert.Equal(256, _bench.Bed.Alarms.Count);
        Assert.Equal(AlarmPriority.High, _bench.Bed.Alarm);
        Assert.Equal(Refusal.TooManyItems, _bench.Alarms(2000, false, WardBench.Condition("late", Wire.Priority.Low)));
    }

    [Fact]
    public void Report_WholeSetReplacedAtTheLimit_AllNewOnesAreShown()
    {
        _bench.Alarms(0, true, [.. Low(256)]);

        Assert.Equal(Refusal.None, _bench.Alarms(1000, true, [.. Low(256, "new")]));

        Assert.All(_bench.Bed.Alarms, alarm => Assert.StartsWith("new", alarm.Condition.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Report_SameConditionPresentAndAbsent_Stands(bool presentFirst)
    {
        var absent = WardBench.Condition();
        absent.Present = false;

        _bench.Alarms(0, true, presentFirst ? [WardBench.Condition(), absent] : [absent, WardBench.Condition()]);

        Assert.Single(_bench.Bed.Alarms);
        Assert.Equal(["alarm/device start high"], _bench.EventNames);
    }

    [Fact]
    public void Report_SameConditionTwice_MostUrgentIsShown()
    {
        var acknowledged = WardBench.Condition();
        acknowledged.Inactivation = Wire.Inactivation.Acknowledged;

        _bench.Alarms(0, true, acknowledged, WardBench.Condition(), WardBench.Condition("a1", Wire.Priority.Low));

        Assert.Equal((AlarmPriority.High, AlarmPhase.ActiveUnacknowledged), (_bench.Bed.Alarm, _bench.Bed.Alarms.Single().Phase));
    }

    [Fact]
    public void Report_LateAndIncomplete_RaisesWhatDoesNotStand()
    {
        var low = WardBench.Condition("a1", Wire.Priority.Low);
        var absent = WardBench.Condition("a2");
        absent.Present = false;
        _bench.Alarms(0, true);
        _bench.Alarms(100, false, WardBench.Condition("a1"), WardBench.Condition("a2"));
        _bench.SkipAlarmReport();
        _bench.Alarms(200, false);

        _bench.LateAlarms(300, 1, false, low, absent, WardBench.Condition("a3"));

        Assert.Equal(["a1", "a2", "a3"], _bench.Bed.Alarms.Select(alarm => alarm.Condition.Id).Order());
        Assert.All(_bench.Bed.Alarms, alarm => Assert.Equal(AlarmPriority.High, alarm.Condition.Priority));
        Assert.All(_bench.Events, e => Assert.Equal(EventPhase.Start, e.Phase));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Report_LateBehindANewerCompleteSet_RaisesNothing(bool complete, bool newerIsComplete)
    {
        _bench.Alarms(0, true);
        _bench.SkipAlarmReport();
        _bench.Alarms(200, newerIsComplete);

        _bench.LateAlarms(300, 1, complete, WardBench.Condition());

        Assert.Empty(_bench.Bed.Alarms);
    }

    [Fact]
    public void Report_DeviceThatSendsOnlyAlarmsEveryTenSeconds_IsNotLostBetweenThem()
    {
        for (var ms = 0; ms < 60_000; ms += 10_050)
        {
            _bench.Alarms(ms, complete: true, WardBench.Condition());
        }

        Assert.DoesNotContain(_bench.Events, e => e.What == "silent");
        Assert.DoesNotContain(_bench.Events, e => e.Phase == EventPhase.Update);
    }

    [Fact]
    public void Report_CounterStartsAgainInTheSameEpoch_AlarmIsShown()
    {
        for (var i = 0; i < 200; i++)
        {
            _bench.Alarms(i * 1000, complete: true);
        }

        var again = new FieldNet.Telemetry.Wire.AlarmReport { Stamp = new FieldNet.Telemetry.Wire.Stamp { Epoch = 1, Seq = 1 }, Complete = true };
        again.Conditions.Add(WardBench.Condition());
        _bench.Publish(201_000, $"fieldnet/v1/{WardBench.Subject}/alarm", again.ToByteArray());

        Assert.Single(_bench.Bed.Alarms);
    }

    [Fact]
    public void Report_BehindOneWildSequenceNumber_AlarmIsShown()
    {
        _bench.Alarms(0, complete: true);
        var wild = new FieldNet.Telemetry.Wire.AlarmReport { Stamp = new FieldNet.Telemetry.Wire.Stamp { Epoch = 1, Seq = ulong.MaxValue }, Complete = true };
        _bench.Publish(1000, $"fieldnet/v1/{WardBench.Subject}/alarm", wild.ToByteArray());

        _bench.Alarms(2000, complete: true, WardBench.Condition());

        Assert.Single(_bench.Bed.Alarms);
    }

    [Fact]
    public void Will_OnTheAlarmTopic_EndsNoAlarm()
    {
        _bench.Live(0, 4096);
        _bench.Alarms(4100, complete: true, WardBench.Condition());

        _bench.Apply(new BenchRecord(RecordKind.Will, 4200, $"fieldnet/v1/{WardBench.Subject}/alarm", 1, new FieldNet.Telemetry.Wire.AlarmReport { Complete = true }.ToByteArray()));

        Assert.Contains(_bench.Bed.Alarms, alarm => alarm.Condition.Id == "a1");
    }

    private static IEnumerable<WireCondition> Low(int count, string name = "l") =>
        Enumerable.Range(0, count).Select(i => WardBench.Condition($"{name}{i}", Wire.Priority.Low));
}
