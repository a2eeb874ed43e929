using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Tests.Faults;

public sealed class FaultLabelsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly SiteLayout Site = SimulatedSite.Of(["bed-01", "bed-02", "bed-03", "bed-04"]);

    [Fact]
    public void Write_Faults_GivesTheTruthOfEach()
    {
        Fault[] faults =
        [
            new(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(20), FaultKind.Disconnect, "demo/icu1/bed-02/mon1", 0),
            new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), FaultKind.Silent, Fault.CellMark + Site.Cells[0].Name, 0),
            new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), FaultKind.Burst, "demo/icu1/bed-01", 0),
            new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5), FaultKind.Silent, "demo/icu1", 0),
            new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), FaultKind.Silent, "elsewhere", 0),
        ];
        var output = new StringWriter { NewLine = "\n" };

        FaultLabels.Write(output, faults, Site, Start, TimeSpan.FromSeconds(60));

        Assert.Equal(
            """
            {"what":"silent","subject":"demo/icu1/_cell-5c4225711","cause":"cell","start":"2026-03-01T08:00:10.000000Z","end":"2026-03-01T08:00:15.000000Z","beds":["icu1/bed-01","icu1/bed-02"],"fault":1}
            {"what":"silent","subject":"demo/icu1/bed-01","cause":"gateway","start":"2026-03-01T08:00:30.000000Z","end":"2026-03-01T08:00:35.000000Z","beds":["icu1/bed-01"],"fault":3}
            {"what":"burst","subject":"demo/icu1/bed-01","cause":"gateway","start":"2026-03-01T08:00:35.000000Z","end":"2026-03-01T08:00:38.000000Z","beds":["icu1/bed-01"],"fault":3}
            {"what":"offline","subject":"demo/icu1/bed-02/mon1","cause":"device","start":"2026-03-01T08:00:50.000000Z","end":"2026-03-01T08:01:00.000000Z","beds":["icu1/bed-02"],"fault":4}

            """,
            string.Concat(output.ToString().Split('\n').Where(line => !line.Contains("optional", StringComparison.Ordinal)).Select(line => line + "\n"))[..^1]);
    }

    [Theory]
    [InlineData("demo/icu1/bed-01/gw1", "gateway")]
    [InlineData("demo/icu1/bed-01/mon1", "device")]
    [InlineData("demo/icu1/bed-01/mon1/MDC_ECG_ELEC_POTL_II", "sensor")]
    [InlineData("cell:5c4225711", "cell")]
    [InlineData("slice:clinical", "slice")]
    [InlineData("core", "core")]
    [InlineData("backhaul", "backhaul")]
    public void CauseOf_Place_IsThatPlace(string subject, string cause) =>
        Assert.Equal(cause, FaultTruth.CauseOf(new Fault(default, default, FaultKind.Silent, subject, 0)));

    [Fact]
    public void Of_WeakRadio_HasItsEffectsAsOptionalLinesOfOneFault()
    {
        var fault = new Fault(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), FaultKind.RadioWeak, "demo/icu1/bed-01/gw1", 38);

        Label[] lines = [.. FaultTruth.Of(fault, Site, 0, TimeSpan.FromMinutes(1))];

        Assert.Equal("radio_weak", lines.Single(line => !line.IsOptional).What);
        Assert.Contains(lines, line => line is { What: "latency", Subject: "demo/icu1/bed-01/mon1", IsOptional: true });
        Assert.All(lines, line => Assert.Equal("gateway", line.Cause));
    }
}
