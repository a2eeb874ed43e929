using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Wire;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>P2: what is too old is never shown as current. The limits are those of docs/protocol.md, "Ages".</summary>
public sealed class DeviceAgesTests
{
    private readonly WardBench _bench = new();

    [Fact]
    public void Apply_WavesAndVitals_BedIsLive()
    {
        _bench.Live(0, 5000);

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        Assert.Equal(72, _bench.Bed.Numerics[0].Value);
        Assert.Equal(LinkGrade.Good, _bench.Bed.Link);
        Assert.DoesNotContain(_bench.Events, e => e.Kind == "link");
    }

    [Fact]
    public void Apply_WaveFirstSeenHistorical_IsNotLive()
    {
        _bench.Vitals(0);

        _bench.Wave(100, also: chunk => chunk.Stamp.Historical = true);

        Assert.Equal(BedCondition.Stale, _bench.Bed.Waves.Single().State);
        _bench.Wave(200);
        Assert.Equal(BedCondition.Live, _bench.Bed.Waves.Single().State);
    }

    [Fact]
    public void Apply_Silence_GoesLateThenBlankThenStaleThenLost()
    {
        _bench.Live(0, 4096);
        var waveEnd = 3840;

        _bench.Tick(waveEnd + 999);
        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        _bench.Tick(waveEnd + 1000);
        Assert.Equal(BedCondition.Late, _bench.Bed.State);
        _bench.Tick(waveEnd + 1500);
        Assert.Equal(BedCondition.Stale, _bench.Bed.Waves[0].State);
        _bench.Tick(waveEnd + 4000);
        Assert.Equal(BedCondition.Stale, _bench.Bed.State);
        _bench.Tick(3073 + 4000);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        _bench.Tick(waveEnd + 10_000);
        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.Equal(LinkGrade.Lost, _bench.Bed.Link);

        Assert.Equal(["link/silent start low", "incident/silent start low", "link/silent update medium"], _bench.EventNames);
    }

    [Fact]
    public void Apply_SpeaksAgain_IsLiveAndTheSilenceEnds()
    {
        _bench.Live(0, 4096);
        _bench.Tick(20_000);

        _bench.Live(21_000, 23_000);

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        Assert.Equal("link/silent end medium", _bench.EventNames.Last());
    }

    [Fact]
    public void Apply_DeadlineFoundLate_EventCarriesTheDeadlinesOwnTime()
    {
        _bench.Live(0, 4096);

        _bench.Tick(60_000);

        Assert.Equal(WardBench.StartUs + ((3840 + 1000) * 1000), _bench.Events[0].TimeUs);
    }

    [Fact]
    public void Apply_OnlyWavesStop_NumbersStayAndTheTileSaysSo()
    {
        _bench.Live(0, 4096);
        for (var ms = 4097; ms < 9000; ms += 1024)
        {
            _bench.Vitals(ms);
        }

        Assert.Equal(BedCondition.Stale, _bench.Bed.State);
        Assert.Equal(72, _bench.Bed.Numerics[0].Value);
        Assert.Equal(BedCondition.Stale, _bench.Bed.Waves[0].State);
    }

    [Fact]
    public void Apply_IntermittentNumber_KeepsItsValueWhileItsBedIsLive()
    {
        _bench.Vitals(0, also: vitals => vitals.Numerics.Add(new Numeric { Signal = "MDC_PRESS_BLD_NONINV_SYS", Value = 120, Intermittent = true }));
        _bench.Live(1, 60_000);

        var nibp = _bench.Bed.Numerics.Single(numeric => numeric.Intermittent);

        Assert.Equal(120, nibp.Value);
        Assert.Equal(long.MaxValue, nibp.RemoveAtUs);
    }

    [Fact]
    public void Close_WithoutLeave_BedIsLostAtOnce()
    {
        _bench.Live(0, 4096);

        _bench.Close(4100, connection: 1, leave: false);

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
    }

    [Fact]
    public void Close_WithLeave_BedIsLostOnlyByAge()
    {
        _bench.Live(0, 4096);

        _bench.Close(4100, connection: 1, leave: true);
        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        _bench.Tick(14_500);

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
    }

    [Fact]
    public void Close_OldConnectionAfterReconnect_ChangesNothing()
    {
        _bench.Live(0, 4096);
        _bench.Vitals(4200, connection: 7);

        _bench.Close(4300, connection: 1, leave: false);

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
    }

    [Fact]
    public void Will_Offline_BedIsLostAndSaidSo()
    {
        _bench.Live(0, 4096);

        _bench.Will(4100);

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.Contains("device/offline start medium", _bench.EventNames);
    }

    [Fact]
    public void Status_Standby_SilenceIsNoFault()
    {
        _bench.Live(0, 4096);
        _bench.Status(4100, DeviceStatus.Types.State.Standby);
        _bench.Close(4200, connection: 1, leave: true);
        _bench.Close(4200, connection: 2, leave: true);

        _bench.Tick(60_000);

        Assert.Equal(BedCondition.Standby, _bench.Bed.State);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
    }

    [Fact]
    public void Status_OfflineByTheDeviceItself_BlamesNoLink()
    {
        _bench.Live(0, 4096);
        _bench.Status(4100, DeviceStatus.Types.State.Offline);

        _bench.Tick(60_000);

        Assert.Equal(BedCondition.Standby, _bench.Bed.State);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "link");
    }

    [Fact]
    public void AgentStart_NobodyElseIsBlamedAndNothingLooksLive()
    {
        _bench.Live(0, 4096);

        _bench.AgentStart(6000);
        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.Equal("agent", _bench.Bed.Cause);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        _bench.Vitals(8000);
        _bench.Wave(8100);

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, e => e.Kind == "link");
    }

    [Fact]
    public void AgentStart_DeviceStaysAway_IsSilentAfterItsGrace()
    {
        _bench.Live(0, 4096);
        _bench.AgentStart(6000);

        _bench.Tick(20_999);
        Assert.DoesNotContain(_bench.Events, e => e.Kind == "link");
        _bench.Tick(21_000);

        Assert.Contains("link/silent start medium", _bench.EventNames);
    }

    [Fact]
    public void Vitals_Duplicate_IsNotASecondMessage()
    {
        _bench.Live(0, 4096);
        var messages = _bench.Applied.Last(record => record.Topic.EndsWith("vitals", StringComparison.Ordinal));

        _bench.Vitals(4200, heartRate: 90);
        _bench.Apply(messages with { Ms = 4300 });

        Assert.Equal(90, _bench.Bed.Numerics[0].Value);
    }

    [Fact]
    public void Vitals_Historical_RepairsNothingLive()
    {
        _bench.Vitals(0, heartRate: 80);

        _bench.Vitals(1000, heartRate: 30, also: vitals => vitals.Stamp.Historical = true);

        Assert.Equal(80, _bench.Bed.Numerics[0].Value);
    }

    [Fact]
    public void Clock_MachineSlept_OldNumbersStayAwayUntilNewOnesCome()
    {
        _bench.Live(0, 4096);
        _bench.Apply(new BenchRecord(RecordKind.Clock, 4100, "", 0, """{"what":"suspend","step_us":3600000000,"suspended_us":3600000000}"""u8.ToArray()));

        _bench.Wave(4200);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        _bench.Vitals(4300, heartRate: 80);

        Assert.Equal(80, _bench.Bed.Numerics[0].Value);
    }

    [Fact]
    public void Apply_AllValuesStopWhileAlarmReportsGoOn_NeverLooksLive()
    {
        _bench.Live(0, 4096);
        for (var ms = 5000; ms < 120_000; ms += 5000)
        {
            _bench.Alarms(ms, complete: true);
        }

        Assert.Equal(BedCondition.Stale, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, e => e.What == "silent" && e.Phase == Events.EventPhase.End);
    }

    [Fact]
    public void Link_GatewayBackAfterItsConnectionClosed_SilenceEnds()
    {
        _bench.Publish(0, "fieldnet/v1/chu/icu1/bed-03/gw1/link", "{\"stamp\":{\"epoch\":1}}"u8.ToArray());
        _bench.Close(1000, connection: 9, leave: false);

        _bench.Publish(2000, "fieldnet/v1/chu/icu1/bed-03/gw1/link", "{\"stamp\":{\"epoch\":1}}"u8.ToArray());

        Assert.Equal(["link/silent start medium", "link/silent end medium"], _bench.EventNames);
        Assert.Empty(_bench.Bed.Alarms);
    }

    [Fact]
    public void Vitals_BurstAfterAnOutage_DoesNotFlickerAfterwards()
    {
        for (var ms = 0; ms < 20_000; ms += 1000)
        {
            _bench.Vitals(ms);
        }

        for (var i = 0; i < 30; i++)
        {
            _bench.Vitals(50_000 + i);
        }

        var before = _bench.Events.Count;
        for (var ms = 50_900; ms < 90_000; ms += 1010)
        {
            _bench.Vitals(ms);
        }

        Assert.InRange(_bench.Events.Count - before, 0, 2);
    }

    [Fact]
    public void Status_TransportThenValuesThenSilence_IsLostNotStandby()
    {
        _bench.Status(0, DeviceStatus.Types.State.Transport);
        _bench.Live(100, 20_000);

        _bench.Tick(60_000);

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, e => e.What == "silent" && e.Phase == Events.EventPhase.End);
    }

    [Fact]
    public void Vitals_BacklogThatTricklesIn_IsNeverLive()
    {
        _bench.Live(0, 10_000);

        // From now on everything lies 30 s on the way.
        for (var ms = 40_000L; ms < 60_000; ms += 256)
        {
            _bench.Wave(ms, also: chunk => chunk.Stamp.SentTimeUs -= 30_000_000);
            if ((ms - 40_000) % 1024 == 0)
            {
                _bench.Vitals(ms + 1, also: vitals => vitals.Stamp.SentTimeUs -= 30_000_000);
                Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
                Assert.Equal(BedCondition.Stale, _bench.Bed.Waves[0].State);
            }
        }

        Assert.NotEqual(BedCondition.Live, _bench.Bed.State);
    }

    [Fact]
    public void Vitals_DeviceClockGoesBack_StaysLive()
    {
        _bench.Live(0, 10_000);

        for (var ms = 10_000L; ms < 30_000; ms += 256)
        {
            _bench.Wave(ms, also: chunk => chunk.Stamp.SentTimeUs -= 3_600_000_000);
            if ((ms - 10_000) % 1024 == 0)
            {
                _bench.Vitals(ms + 1, also: vitals => vitals.Stamp.SentTimeUs -= 3_600_000_000);
                Assert.Equal(72, _bench.Bed.Numerics[0].Value);
            }
        }

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "link");
    }

    [Fact]
    public void Clock_ShortStallOfOurs_BlamesNobodyAndKeepsWhatIsLive()
    {
        _bench.Live(0, 4096);

        _bench.Stall(4900, stalledMs: 900);
        _bench.Vitals(4901);
        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        _bench.Live(4902, 9000);

        Assert.Empty(_bench.Events);
    }

    [Fact]
    public void Clock_ShortStallThenSilence_IsFoundAllTheSame()
    {
        _bench.Live(0, 4096);

        _bench.Stall(4900, stalledMs: 900);
        _bench.Tick(5300);

        Assert.Equal(BedCondition.Late, _bench.Bed.State);
        Assert.Equal(["link/silent start low"], _bench.EventNames);
    }

    [Fact]
    public void Clock_LongStallOfOurs_WhatLayInOurSocketsBlamesNoLink()
    {
        _bench.Live(0, 4096);

        // We stood still for 5 s; what the bed sent meanwhile comes all at once, then it goes on as before.
        _bench.Stall(9000, stalledMs: 5000);
        for (var sentMs = 4096L; sentMs < 9000; sentMs += 256)
        {
            var behindUs = (9001 - sentMs) * 1000;
            _bench.Wave(9001, also: chunk => chunk.Stamp.SentTimeUs -= behindUs);
            if ((sentMs - 4096) % 1024 == 0)
            {
                _bench.Vitals(9001, also: vitals => vitals.Stamp.SentTimeUs -= behindUs);
                Assert.Equal("agent", _bench.Bed.Cause);
            }
        }

        _bench.Live(9216, 15_000);

        Assert.Equal(BedCondition.Live, _bench.Bed.State);
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "link");
    }

    [Fact]
    public void Clock_LongStallOfOurs_NothingFromBeforeIsLive()
    {
        _bench.Live(0, 4096);

        _bench.Stall(9000, stalledMs: 5000);

        Assert.Equal("agent", _bench.Bed.Cause);
        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        Assert.Equal(["incident/stall start medium", "incident/stall end medium"], _bench.EventNames);
    }
}
