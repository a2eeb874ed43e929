using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Tests.Scoring;

public sealed class ScorerTests
{
    private const string Gateway = "chu/icu1/bed-03/gw1";
    private const long StartUs = 1_795_000_000_000_000, Second = 1_000_000;

    [Theory]
    [InlineData(-1.000001, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(30.000001, false)]
    public void Of_EventNearALabelOf20Seconds_MatchesWithinItsWindow(double seconds, bool matches)
    {
        var score = Scorer.Of([Incident("silent", Gateway, seconds)], [Silent(Gateway)]);

        Assert.Equal((matches ? 1 : 0, matches ? 0 : 1), (score.Found, score.False.Count));
    }

    [Theory]
    [InlineData(Gateway, true)]
    [InlineData(Gateway + "/MDC_ECG_ELEC_POTL_II", true)]
    [InlineData("chu/icu1/bed-03/gw12", false)]
    [InlineData("chu/icu1/bed-03", false)]
    [InlineData("chu/icu1/bed-03/mon1", false)]
    public void Of_Subject_MatchesAtOrBelowTheLabels(string subject, bool matches) =>
        Assert.Equal(matches, Scorer.Matches(Incident("silent", subject, 3), Silent(Gateway)));

    [Fact]
    public void Of_AnotherWhat_IsFalseAndTheLabelMissed()
    {
        var report = Scorer.Of([Incident("latency", Gateway, 3)], [Silent(Gateway)]).Report(2);

        Assert.Equal((0, 0, 0.5), (report.Precision, report.Recall, report.FalsePerBedDay));
        Assert.Null(report.RootCauseAccuracy);
    }

    [Fact]
    public void Of_ChildrenOfAnIncident_AreNeutralForPrecisionAndMayFindALabel()
    {
        // One matches a label of its own, one nothing.
        ScoredEvent[] events =
        [
            Link("a", "silent", "chu/icu1/bed-03/mon1", 1), Link("b", "silent", "chu/icu1/bed-04/mon1", 1.2),
            Incident("silent", Gateway, 2) with { Children = ["a", "b"] },
        ];

        var score = Scorer.Of(events, [Silent(Gateway) with { Fault = 1 }, Silent("chu/icu1/bed-03/mon1") with { Fault = 1 }]);
        var report = score.Report(1);

        Assert.Equal((1, 1.0, 1.0, 1.0, 1.0), (report.Events, report.Precision, report.Recall, report.RootCauseAccuracy, report.IncidentsPerFault));
        Assert.Equal(1.0, report.DelayS["silent"].P50);
        Assert.Equal(1.0, report.DelayS["silent"].Max); // The incident was found when its first finding was.
    }

    [Fact]
    public void Of_WrongCause_IsFoundWithAWrongRoot()
    {
        var report = Scorer.Of([Incident("silent", Gateway, 2) with { Cause = "cell" }], [Silent(Gateway)]).Report(1);

        Assert.Equal((1.0, 0.0, 1.0), (report.Recall, report.RootCauseAccuracy, report.Precision));
    }

    [Fact]
    public void Of_OptionalLabels_ExcuseAndAreNeverMissed()
    {
        Label[] labels = [Silent(Gateway) with { Fault = 7 }, Silent(Gateway) with { What = "loss", IsOptional = true, Fault = 7 }, Silent("chu/icu1/bed-09") with { IsOptional = true, Cause = "background" }];

        var report = Scorer.Of([Incident("silent", Gateway, 2), Incident("loss", Gateway, 25), Incident("silent", "chu/icu1/bed-09/mon1", 5)], labels).Report(1);

        Assert.Equal((1, 3, 1.0, 1.0, 2.0, 0.0), (report.Labels, report.Events, report.Precision, report.Recall, report.IncidentsPerFault, report.FalsePerBedDay));
    }

    [Fact]
    public void Of_IncidentOnItsBeds_CountsToTheFaultThoughItMatchesNothing()
    {
        var stray = Incident("congestion", "chu/icu1/_cell-1", 4) with { Cause = "cell" };

        var report = Scorer.Of([Incident("silent", Gateway, 2), stray], [Silent(Gateway)]).Report(1);

        Assert.Equal((2.0, 0.5, 1.0), (report.IncidentsPerFault, report.Precision, report.RootCauseAccuracy));
    }

    [Fact]
    public void Of_ChildThatOutlivesItsParent_HasTheRootOfItsOwnIncident()
    {
        const string Cell = "chu/icu1/_cell-1", Monitor = "chu/icu1/bed-03/mon1";
        var ofCell = Incident("silent", Cell, 2) with { Cause = "cell", Children = ["a"] };
        var own = Incident("silent", Monitor, 22) with { Cause = "device" };

        var score = Scorer.Of(
            [Link("a", "silent", Monitor, 1), ofCell, own],
            [Silent(Cell) with { Cause = "cell", Fault = 1 }, Silent(Monitor) with { Cause = "device", Fault = 2 }]);

        var report = score.Report(1);
        Assert.Equal((1.0, 1.0, 1.0, 1.0), (report.Recall, report.RootCauseAccuracy, report.IncidentsPerFault, report.DelayS["silent"].P50));
    }

    [Fact]
    public void Of_EventsThatNoLabelJudges_AreNeverFalse()
    {
        var alarm = Link("x", "device", "chu/icu1/bed-03/mon1", 4) with { Kind = "alarm" };

        var report = Scorer.Of([alarm], []).Report(0);

        Assert.Equal((0, 0), (report.Events, report.Labels));
        Assert.Null(report.Precision);
        Assert.Null(report.FalsePerBedDay);
    }

    [Fact]
    public void Of_LabelWithoutEnd_MatchesEverAfter()
    {
        var score = Scorer.Of([Incident("silent", Gateway, 5000)], [Silent(Gateway) with { EndUs = null }]);

        Assert.Equal(1, score.Found);
    }

    private static Label Silent(string subject) => new("silent", subject, "gateway", StartUs, StartUs + (20 * Second), ["icu1/bed-03"]);

    private static ScoredEvent Link(string id, string what, string subject, double seconds) =>
        new(id, StartUs + (long)Math.Round(seconds * Second), "link", what, subject, "", ["icu1/bed-03"], []);

    private static ScoredEvent Incident(string what, string subject, double seconds) =>
        Link($"{what}-{subject}-{seconds}", what, subject, seconds) with { Kind = "incident", Cause = "gateway" };
}
