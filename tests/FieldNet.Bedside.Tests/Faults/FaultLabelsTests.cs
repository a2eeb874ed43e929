using FieldNet.Bedside.Faults;

namespace FieldNet.Bedside.Tests.Faults;

public sealed class FaultLabelsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_Faults_GivesTheTruthOfEach()
    {
        string[] devices = ["demo/icu1/bed-01/mon1", "demo/icu1/bed-02/mon1"];
        Fault[] faults =
        [
            new(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(20), FaultKind.Disconnect, "demo/icu1/bed-02/mon1", 0),
            new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), FaultKind.Silent, "demo/icu1", 0),
            new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), FaultKind.Burst, "demo/icu1/bed-01", 0),
            new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5), FaultKind.Silent, "demo/icu1", 0),
            new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), FaultKind.Silent, "elsewhere", 0),
        ];
        var output = new StringWriter { NewLine = "\n" };

        FaultLabels.Write(output, faults, devices, Start, TimeSpan.FromSeconds(60));

        Assert.Equal(
            """
            {"what":"silent","subject":"demo/icu1","cause":"gateway","start":"2026-03-01T08:00:10Z","end":"2026-03-01T08:00:15Z","beds":["icu1/bed-01","icu1/bed-02"]}
            {"what":"silent","subject":"demo/icu1/bed-01","cause":"gateway","start":"2026-03-01T08:00:30Z","end":"2026-03-01T08:00:35Z","beds":["icu1/bed-01"]}
            {"what":"burst","subject":"demo/icu1/bed-01","cause":"gateway","start":"2026-03-01T08:00:35Z","end":"2026-03-01T08:00:37Z","beds":["icu1/bed-01"]}
            {"what":"offline","subject":"demo/icu1/bed-02/mon1","cause":"device","start":"2026-03-01T08:00:50Z","end":"2026-03-01T08:01:00Z","beds":["icu1/bed-02"]}

            """,
            output.ToString());
    }
}
