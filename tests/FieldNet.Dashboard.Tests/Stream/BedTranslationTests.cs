using System.Text.Json;
using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Stream;

public sealed class BedTranslationTests
{
    [Theory]
    [InlineData(36.84, "36.8")]
    [InlineData(36.85000001, "36.9")]
    [InlineData(-0.04, "0.0")]
    [InlineData(-0.06, "-0.1")]
    [InlineData(1234.5, "1234.5")]
    public void Text_OfAValue_HasTheSignalsDecimals(double value, string text) =>
        Assert.Equal(text, BedTranslation.Text(FakeWard.Temperature, value));

    [Theory]
    [InlineData(97d, BedCondition.Live, "97")]
    [InlineData(97d, BedCondition.Late, "97")]
    [InlineData(97d, BedCondition.Stale, "– –")]
    [InlineData(97d, BedCondition.Lost, "– –")]
    [InlineData(null, BedCondition.Live, "– –")]
    [InlineData(double.NaN, BedCondition.Live, "– –")]
    public void ToDto_OfANumber_ShowsItOnlyWhileItMayBeShown(double? value, BedCondition state, string text)
    {
        var bed = FakeWard.Bed(0) with { Numerics = [new(FakeWard.HeartRate, "mon1", value, state, Validity.Valid, false, 1_500, 2_000)] };

        var numeric = Assert.Single(bed.ToDto().Numerics);

        Assert.Equal(text, numeric.Text);
        Assert.Equal(text == BedTranslation.NoValue, numeric.Value is null);
        Assert.Equal((1.5, 2d), (numeric.AtMs, numeric.RemoveAtMs));
    }

    [Fact]
    public void ToDto_OfAnIntermittentNumber_HasNoTimeOfRemoval()
    {
        var bed = FakeWard.Bed(0) with { Numerics = [new(FakeWard.HeartRate, "mon1", 1, BedCondition.Live, Validity.Valid, true, 1, long.MaxValue)] };

        Assert.Null(Assert.Single(bed.ToDto().Numerics).RemoveAtMs);
    }

    [Fact]
    public void ToDto_OfABed_SpeaksTheContractsWords()
    {
        var condition = new AlarmCondition
        {
            Id = "a",
            Kind = AlarmKind.Technical,
            Priority = AlarmPriority.High,
            Inactivation = AlarmInactivation.AudioPaused,
        };
        var bed = FakeWard.Bed(0) with
        {
            State = BedCondition.Standby,
            Alarm = AlarmPriority.Medium,
            Mode = DataMode.Unspecified,
            Alarms = [new("id", "mon1", AlarmPhase.ActiveUnacknowledged, condition, 5_000), new("id2", "mon1", AlarmPhase.Normal, condition, 0)],
        };

        var dto = bed.ToDto();

        Assert.Equal(("standby", "medium", "good", "real"), (dto.State, dto.Alarm, dto.Link, dto.Mode));
        var alarm = Assert.Single(dto.Alarms);
        Assert.Equal(("high", "active_unack", "technical", true, 5d), (alarm.Priority, alarm.Phase, alarm.Kind, alarm.AudioOff, alarm.SinceMs));
    }

    [Fact]
    public void ToDto_OfWhatIsNoNumber_CanStillBeWrittenAsJson()
    {
        var condition = new AlarmCondition { Id = "a", Value = double.NaN, LowLimit = double.NegativeInfinity };
        var bed = FakeWard.Bed(0) with
        {
            DelayMs = double.NaN,
            LossRatio = double.PositiveInfinity,
            Alarms = [new("id", "mon1", AlarmPhase.Latched, condition, 0)],
        };

        Assert.Contains("\"lowLimit\":null", JsonSerializer.Serialize(bed.ToDto(), DashboardJson.Default.BedDto), StringComparison.Ordinal);
    }

    [Fact]
    public void Word_OfEveryValue_Exists()
    {
        Assert.All(Enum.GetValues<BedCondition>(), value => Assert.NotEmpty(value.Word()));
        Assert.All(Enum.GetValues<LinkGrade>(), value => Assert.NotEmpty(value.Word()));
        Assert.All(Enum.GetValues<Validity>(), value => Assert.NotEmpty(value.Word()));
        Assert.All(Enum.GetValues<DeviceState>(), value => Assert.NotEmpty(value.Word()));
        Assert.All(Enum.GetValues<AlarmKind>(), value => Assert.NotEmpty(value.Word()));
    }
}
