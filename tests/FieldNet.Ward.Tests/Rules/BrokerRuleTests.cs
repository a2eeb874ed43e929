using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Wire;
using FieldNet.Ward.Views;
using Google.Protobuf;
using Reported = FieldNet.Telemetry.Wire.DeviceStatus.Types.State;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>Every device speaks over the agent's own connection to a broker, number 7 and later 8.</summary>
public sealed class BrokerRuleTests
{
    private readonly WardBench _bench = new();

    public BrokerRuleTests() => Connect(0, 7);

    [Fact]
    public void Lost_WhileDevicesAreLive_OneEventNamesTheLinkAndNoDeviceIsBlamed()
    {
        Live(1, 5_000, 7);
        Assert.Equal(BedCondition.Live, _bench.Bed.State);

        Lost(5_100, 7);
        Assert.Equal((BedCondition.Lost, "agent"), (_bench.Bed.State, _bench.Bed.Cause));
        _bench.Tick(60_000);

        Assert.Equal(["link/silent start high"], _bench.EventNames);
        Assert.Equal(("broker", "backhaul"), (_bench.Events[0].Subject, _bench.Events[0].Cause));
    }

    [Fact]
    public void Connected_AfterALongAbsence_DevicesHaveTheirTimeToComeBackAndThenAreSilent()
    {
        Live(1, 5_000, 7);
        Lost(5_100, 7);
        Connect(60_000, 8);
        _bench.Tick(70_000);
        Assert.Equal(["link/silent start high", "link/silent end high"], _bench.EventNames);

        _bench.Tick(80_000);
        Assert.Contains("link/silent start medium", _bench.EventNames);

        Live(81_000, 84_000, 8);
        Assert.Equal((BedCondition.Live, ""), (_bench.Bed.State, _bench.Bed.Cause));
    }

    [Fact]
    public void Connected_MessagesThatTheBrokerKeptMeanwhile_AreNotNews()
    {
        Live(1, 5_000, 7);
        Lost(5_100, 7);
        Connect(9_000, 8);

        _bench.Vitals(9_100, connection: 8, also: vitals => vitals.Stamp.SentTimeUs -= 3_000_000);
        Assert.Equal("agent", _bench.Bed.Cause);

        _bench.Vitals(9_200, connection: 8);
        Assert.Equal("", _bench.Bed.Cause);
    }

    [Fact]
    public void Connected_MessagesOfTheReadThatBroughtIt_AreNews()
    {
        Live(1, 5_000, 7);
        Lost(5_100, 7);

        _bench.Apply(new BenchRecord(RecordKind.Connect, 9_000, "", 8, """{"broker":"mqtt://b:1883"}"""u8.ToArray()) { ReceivedMs = 8_990 });
        _bench.Apply(_bench.Applied.Last(record => record.Topic.EndsWith("/vitals", StringComparison.Ordinal)) with { Ms = 9_001, Connection = 8, ReceivedMs = 8_990, Payload = new Vitals { Numerics = { new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 123 } } }.ToByteArray() });

        Assert.Equal(("", 123), (_bench.Bed.Cause, _bench.Bed.Numerics[0].Value));
    }

    [Fact]
    public void Lost_BrokerNeverReachedSinceTheStart_IsSaidOnceAndEndsWithTheNextStart()
    {
        _bench.AgentStart(1_000);
        Lost(1_100, 9);
        Lost(2_000, 10);
        Assert.Equal(["link/silent start high"], _bench.EventNames);

        _bench.AgentStart(3_000);
        Assert.Equal("link/silent end high", _bench.EventNames.Last());
    }

    [Fact]
    public void Retained_ValuesAndAlarms_ChangeNothing()
    {
        Retained(100, "vitals", new Vitals { Numerics = { new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 72 } } });
        Retained(100, "alarm", new AlarmReport { Complete = true, Conditions = { WardBench.Condition() } });

        Assert.Empty(_bench.Processor.Snapshot().Beds);
        Assert.Empty(_bench.Events);
    }

    [Fact]
    public void Retained_Status_SaysWhoTheDeviceIsAndNothingMore()
    {
        Retained(100, "status", new DeviceStatus { State = Reported.Offline, Maker = "Vendor" });
        Assert.Equal((BedCondition.Empty, "Vendor"), (_bench.Bed.State, _bench.Bed.Devices[0].Maker));

        Live(200, 3_000, 7);
        Assert.Equal(BedCondition.Live, _bench.Bed.State);
    }

    [Fact]
    public void Offline_OfAWill_IsLostAtOnce()
    {
        Live(1, 5_000, 7);

        Status(5_100, Reported.Offline, stamp: null);

        Assert.Equal(BedCondition.Lost, _bench.Bed.State);
        Assert.Contains("device/offline start medium", _bench.EventNames);
    }

    [Fact]
    public void Offline_WithANewerStamp_IsTheDevicesOwnWord()
    {
        Live(1, 5_000, 7);
        Status(5_050, Reported.Online, new Stamp { Epoch = 1, Seq = 1 });

        Status(5_100, Reported.Offline, new Stamp { Epoch = 1, Seq = 2 });
        _bench.Tick(30_000);

        Assert.Equal(BedCondition.Standby, _bench.Bed.State);
    }

    [Fact]
    public void Sender_ThatBeginsItsNumbersAnew_IsHeard()
    {
        Live(1, 100_000, 7);
        var restarted = new Stamp { Epoch = 1, Seq = 1 };

        _bench.Vitals(130_000, heartRate: 55, connection: 7, also: vitals => vitals.Stamp = restarted);

        Assert.Equal(55, _bench.Bed.Numerics[0].Value);
    }

    private void Connect(long ms, long connection) =>
        _bench.Apply(new BenchRecord(RecordKind.Connect, ms, "", connection, """{"broker":"mqtt://b:1883","session_present":true}"""u8.ToArray()));

    private void Lost(long ms, long connection) =>
        _bench.Apply(new BenchRecord(RecordKind.Close, ms, "", connection, """{"reason":"broker_lost","leave":false,"detail":"x"}"""u8.ToArray()));

    private void Retained(long ms, string message, IMessage payload) =>
        _bench.Apply(new BenchRecord(RecordKind.Publish, ms, $"fieldnet/v1/{WardBench.Subject}/{message}", 7, payload.ToByteArray(), Retain: true));

    private void Status(long ms, Reported state, Stamp? stamp) => _bench.Apply(new BenchRecord(
        RecordKind.Publish, ms, $"fieldnet/v1/{WardBench.Subject}/status", 7, new DeviceStatus { State = state, Stamp = stamp }.ToByteArray()));

    private void Live(long fromMs, long toMs, long connection)
    {
        for (var ms = fromMs; ms < toMs; ms += 256)
        {
            _bench.Wave(ms, connection: connection);
            if ((ms - fromMs) % 1024 == 0)
            {
                _bench.Vitals(ms + 1, connection: connection);
            }
        }
    }
}
