using FieldNet.Telemetry.Messages;
using Google.Protobuf;
using Condition = FieldNet.Telemetry.Wire.AlarmCondition;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class AlarmTests
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly AlarmReport _report = new();

    [Theory]
    [InlineData(true, false, AlarmPriority.High)]
    [InlineData(false, true, AlarmPriority.High)]
    [InlineData(false, false, AlarmPriority.Unspecified)]
    public void ReadAlarms_UnknownPriority_IsNeverDowngraded(bool present, bool latched, AlarmPriority priority)
    {
        Read(new Condition { Id = "1", Priority = (Condition.Types.Priority)9, Present = present, Latched = latched });

        Assert.Equal(priority, _report.Conditions[0].Priority);
    }

    [Fact]
    public void ReadAlarms_UnspecifiedPriority_StaysSo()
    {
        Read(new Condition { Id = "1", Present = true });

        Assert.Equal(AlarmPriority.Unspecified, _report.Conditions[0].Priority);
    }

    [Fact]
    public void ReadAlarms_UnknownInactivation_IsNoSilence()
    {
        Read(new Condition { Id = "1", Inactivation = (Condition.Types.Inactivation)9 });

        Assert.Equal(AlarmInactivation.Enabled, _report.Conditions[0].Inactivation);
    }

    [Theory]
    [InlineData("MDC_EVT_APNEA", 0, "", "MDC_RESP_RATE", "MDC_EVT_APNEA@MDC_RESP_RATE")]
    [InlineData("", 199680, "", "", "199680")]
    [InlineData("", 0, "APNOE", "", "APNOE")]
    public void ReadAlarms_NoId_IsKnownByWhatItSays(string name, uint code, string text, string source, string id)
    {
        Read(new Condition { Event = name, EventMdc = code, Text = text, Source = source, Present = true });

        Assert.Equal(id, _report.Conditions[0].Id);
    }

    [Theory]
    [InlineData("", "unnamed")]
    [InlineData("MDC_RESP_RATE", "unnamed@MDC_RESP_RATE")]
    public void ReadAlarms_PresentConditionThatSaysNothing_StandsUnnamedBesideTheOthers(string source, string id)
    {
        Read(new Condition { Present = true, Priority = Condition.Types.Priority.High, Source = source }, new Condition { Id = "a1", Present = true });

        Assert.Equal([(id, "unnamed"), ("a1", "")], _report.Conditions.Select(condition => (condition.Id, condition.Event)));
    }

    [Fact]
    public void ReadAlarms_AbsentConditionThatSaysNothing_IsPassedOver()
    {
        Read(new Condition { Priority = Condition.Types.Priority.High }, new Condition { Id = "a1", Present = true });

        Assert.Equal(["a1"], _report.Conditions.Select(condition => condition.Id));
    }

    [Theory]
    [InlineData("MDC_CONC_AWAY_CO2_ET", 0, "MDC_AWAY_CO2_ET")]
    [InlineData("", 150456, "MDC_PULS_OXIM_SAT_O2")]
    [InlineData("acme thing", 0, "acme thing")]
    [InlineData("", 0, "")]
    public void ReadAlarms_Source_IsTheTablesId(string name, uint code, string id)
    {
        Read(new Condition { Id = "1", Source = name, SourceMdc = code });

        Assert.Equal(id, _report.Conditions[0].Source);
    }

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    [InlineData(5000, true)]
    public void ReadAlarms_AroundTheLimitOfConditions_KeepsTheMostUrgentAndSaysSo(int count, bool truncated)
    {
        var conditions = Enumerable.Range(0, count).Select(i => new Condition { Id = $"{i}", Present = true, Priority = Condition.Types.Priority.Low }).ToArray();
        conditions[0].Present = false;
        conditions[^1].Priority = Condition.Types.Priority.High;

        Read(conditions);

        Assert.Equal((256, truncated), (_report.Conditions.Count, _report.Truncated));
        Assert.Contains(_report.Conditions, condition => condition.Priority == AlarmPriority.High);
        Assert.Equal(!truncated, _report.Conditions.Exists(condition => !condition.Present));
    }

    [Fact]
    public void ReadAlarms_BeyondTheLimit_NoPriorityNamedCountsAsWhatIsShown()
    {
        var low = Enumerable.Range(0, 256).Select(i => new Condition { Id = $"{i}", Present = true, Priority = Condition.Types.Priority.Low });

        Read([.. low, new Condition { Id = "apnoea", Present = true, Kind = Condition.Types.Kind.Physiological }]);

        Assert.Contains(_report.Conditions, condition => condition.Id == "apnoea");
    }

    [Fact]
    public void ReadAlarms_ReportAfterATruncatedOne_IsWhole()
    {
        Read([.. Enumerable.Repeat(new Condition { Id = "1" }, 257)]);
        Read(new Condition { Id = "1" });

        Assert.False(_report.Truncated);
    }

    [Theory]
    [InlineData(512, 512)]
    [InlineData(513, 512)]
    [InlineData(100_000, 512)]
    public void ReadAlarms_LongText_IsCutAndTheAlarmStands(int length, int kept)
    {
        Read(new Condition { Id = "1", Text = new string('x', length) });

        Assert.Equal(kept, _report.Conditions[0].Text.Length);
    }

    [Fact]
    public void ReadAlarms_LongTextOfWideCharacters_IsCutBetweenTwo()
    {
        Read(new Condition { Id = "1", Text = new string('é', 300) + new string('€', 300) });

        Assert.DoesNotContain('\uFFFD', _report.Conditions[0].Text);
    }

    [Fact]
    public void ReadAlarms_NextReport_ForgetsTheLast()
    {
        Read(new Condition { Id = "1" }, new Condition { Id = "2" });
        Read(new Condition { Id = "3" });

        Assert.Equal(["3"], _report.Conditions.Select(condition => condition.Id));
    }

    private void Read(params Condition[] conditions) => Assert.Equal(Refusal.None, TryRead(conditions));

    private Refusal TryRead(params Condition[] conditions) =>
        _decoder.ReadAlarms(new Wire.AlarmReport { Conditions = { conditions } }.ToByteArray(), PayloadFormat.Protobuf, _report);
}
