using FieldNet.History.Points;
using FieldNet.History.Tests.Fakes;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Wire;

namespace FieldNet.History.Tests.Points;

/// <summary>When a number was measured, and that it counts once.</summary>
public sealed class NumericPointsTests
{
    private const double Year = 365 * 86_400;

    private readonly SentVitals _sent = new();
    private readonly SeenPoints _seen = new();
    private NumericPoints _points = new();

    [Theory]
    [InlineData(0)]
    [InlineData(-90)]
    [InlineData(Year)]
    [InlineData(-40 * Year)]
    public void Read_LiveWhateverTheClockSays_StandsWhenItWasMeasured(double clock)
    {
        _sent.ClockUs = SentVitals.Us(clock);

        Read(_sent.At(0, 70), _sent.At(1, 71), _sent.At(2, 72));

        Assert.Equal([("MDC_ECG_HEART_RATE", 0, 70, false), ("MDC_ECG_HEART_RATE", 1, 71, false), ("MDC_ECG_HEART_RATE", 2, 72, false)], _seen.Points);
    }

    [Fact]
    public void Read_ThatLayOnTheWay_StandsWhenItWasMeasured()
    {
        Read(_sent.At(0, 70), _sent.At(1, 71, delay: 4), _sent.At(2, 72, delay: 3), _sent.At(5.5, 73));

        Assert.Equal([0, 1, 2, 5.5], _seen.Seconds);
        Assert.DoesNotContain(_seen.Points, point => point.IsLate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_OfABacklog_StandsWhenItWasMeasuredAndIsLate(bool flagged)
    {
        _sent.ClockUs = SentVitals.Us(-3600);
        Read(_sent.At(0, 70), _sent.At(1, 71));
        foreach (var second in Enumerable.Range(2, 30))
        {
            // Sent anew when the link came back: measured long before.
            Read(_sent.At(second, second, delay: 60 - second, flagged, stamp => stamp.SentTimeUs = SentVitals.StartUs + SentVitals.Us(60 - 3600)));
        }

        Read(_sent.At(61, 80));

        Assert.Equal([0, 1, .. Enumerable.Range(2, 30).Select(second => (double)second), 61], _seen.Seconds);
        Assert.Equal([false, false, .. Enumerable.Repeat(true, 30), false], _seen.Points.Select(point => point.IsLate));
    }

    [Fact]
    public void Read_OfABacklogFirstOfAll_TakesTheDeviceAtItsWord()
    {
        Read(_sent.At(0, 70, delay: 100, historical: true), _sent.At(1, 71, delay: 99, stamp: stamp => stamp.SentTimeUs += SentVitals.Us(99)));

        Assert.Equal([0, 1], _seen.Seconds);
        Assert.All(_seen.Points, point => Assert.True(point.IsLate));
    }

    [Fact]
    public void Read_OfAFutureInABacklog_IsNotAfterItsArrival()
    {
        Read(_sent.At(0, 70, delay: 1, historical: true, stamp => stamp.DeviceTimeUs += SentVitals.Us(Year)));

        Assert.Equal([1], _seen.Seconds);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(5 * Year)]
    [InlineData(-5 * Year)]
    public void Read_WhenTheClockSteps_MovesNoPoint(double step)
    {
        Read(_sent.At(0, 70), _sent.At(1, 71));
        _sent.ClockUs += SentVitals.Us(step);
        Read(_sent.At(2, 72), _sent.At(3, 73));
        _sent.ClockUs -= SentVitals.Us(step);
        Read(_sent.At(4, 74), _sent.At(5, 75));

        Assert.Equal([0, 1, 2, 3, 4, 5], _seen.Seconds);
        Assert.DoesNotContain(_seen.Points, point => point.IsLate);
    }

    [Fact]
    public void Read_WithoutAnyTime_StandsAtItsArrival()
    {
        Read(_sent.At(3, 70, stamp: stamp => { stamp.ClearDeviceTimeUs(); stamp.ClearSentTimeUs(); }));

        Assert.Equal([3], _seen.Seconds);
    }

    [Fact]
    public void Read_WithAClockThatStands_StandsAtItsArrival()
    {
        // A line of the protocol page, sent again and again.
        Action<Stamp> same = stamp => { stamp.DeviceTimeUs = SentVitals.StartUs; stamp.ClearSentTimeUs(); };
        Read(_sent.At(10, 70, stamp: same), _sent.At(20, 71, stamp: same), _sent.At(200, 72, stamp: same));

        Assert.Equal([10, 20, 200], _seen.Seconds);
    }

    [Fact]
    public void Read_OfACuff_GivesEachMeasurementOnceAtItsTime()
    {
        Read(Enumerable.Range(0, 100).Select(second => _sent.At(second, 70, vitals: vitals => Cuff(vitals, second < 60 ? -300 : 58.5))).ToArray());

        Assert.Equal([(-300, 120), (58.5, 120)], _seen.Points.Where(point => point.Signal == "MDC_PRESS_BLD_NONINV_SYS").Select(point => (point.Seconds, point.Value)));
        Assert.Equal(100, _seen.Points.Count(point => point.Signal == "MDC_ECG_HEART_RATE"));
    }

    [Fact]
    public void Read_Redelivered_GivesNothing()
    {
        var messages = Enumerable.Range(0, 200).Select(second => _sent.At(second, 70)).ToArray();
        Read(messages);

        // At once, and long after.
        Read([messages[199] with { Number = 300 }, messages[0] with { Number = 301, TimeUs = messages[199].TimeUs }]);

        Assert.Equal(200, _seen.Points.Count);
    }

    [Fact]
    public void Read_LateButNeverSeen_FillsItsPlace()
    {
        var messages = Enumerable.Range(0, 200).Select(second => _sent.At(second, 70)).ToArray();

        Read([.. messages[..50], .. messages[60..], .. messages[50..60].Select(message => message with { TimeUs = messages[199].TimeUs })]);

        Assert.Equal(Enumerable.Range(0, 200).Select(second => (double)second), _seen.Seconds.Order());
    }

    [Fact]
    public void Read_AfterARestartOfTheSender_CountsAnew()
    {
        Read(_sent.At(0, 70), _sent.At(1, 71));
        (_sent.Epoch, _sent.Seq, _sent.ClockUs) = (2, 0, SentVitals.Us(-7200));
        Read(_sent.At(10, 72), _sent.At(11, 73));

        Assert.Equal([0, 1, 10, 11], _seen.Seconds);
    }

    [Fact]
    public void Read_RetainedFromAnothersBroker_GivesNothing()
    {
        var connect = new LogRecord { Number = 1, Kind = RecordKind.Connect, Connection = 1, Client = "fieldnet", Topic = Telemetry.Topics.Topic.None, Payload = """{"broker":"mqtt://b"}"""u8 };
        _points.Read(connect, _seen);

        Read(_sent.At(0, 70) with { Retain = true }, _sent.At(1, 71));

        Assert.Equal([1], _seen.Seconds);
    }

    [Fact]
    public void Restore_OfWhatWasSaved_GoesOnAsIfNothingHadHappened()
    {
        var messages = Enumerable.Range(0, 100).Select(second => _sent.At(
            second, 70, delay: second % 7, historical: second % 11 == 5, vitals: vitals => Cuff(vitals, -300))).ToArray();
        Read(messages);
        var unbroken = _seen.Points.ToList();
        _seen.Points.Clear();
        _points = new NumericPoints();

        Read(messages[..37]);
        var saved = _points.Save();
        _points = new NumericPoints();
        _points.Restore(saved);
        Read(messages[36..]);

        Assert.Equal(unbroken, _seen.Points);
    }

    [Fact]
    public void Restore_OfADamagedState_SaysSo()
    {
        Read(_sent.At(0, 70));
        var saved = _points.Save();

        Assert.Throws<InvalidDataException>(() => _points.Restore(saved.AsSpan(0, saved.Length / 2)));
        Assert.Throws<InvalidDataException>(() => _points.Restore([9, .. saved.AsSpan(1)]));
    }

    private void Read(params SentVitals.LogRecordCopy[] messages)
    {
        foreach (var message in messages)
        {
            _points.Read(message.Record, _seen);
        }
    }

    private void Cuff(Vitals vitals, double seconds) => vitals.Numerics.Add(new Numeric
    {
        Signal = "MDC_PRESS_BLD_NONINV_SYS", Value = 120, Intermittent = true, MeasuredAtUs = SentVitals.StartUs + SentVitals.Us(seconds) + _sent.ClockUs,
    });
}
