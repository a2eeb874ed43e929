using FieldNet.Bedside.Faults;

namespace FieldNet.Bedside.Tests.Faults;

public sealed class FaultScriptTests
{
    [Fact]
    public void Parse_Script_GivesItsFaults()
    {
        var faults = FaultScript.Parse("f", [
            "# a comment", "",
            """{"at":"10s","for":"20s","what":"silent","subject":"demo/icu1/bed-03"}""",
            """{"at":"500ms","for":"1m","what":"latency","subject":"demo/icu1/bed-03/mon1","value":"250ms"}""",
            """{"at":"1.5s","for":"1h","what":"jitter","subject":"demo/icu1","value":80}""",
            """{"at":"0s","for":"5s","what":"loss","subject":"demo/icu1/bed-01/","value":0.2}""",
            """{"at":"1s","for":"5s","what":"handover_ping_pong","subject":"demo/icu1/bed-01/gw1"}""",
            """{"at":"1s","for":"5s","what":"step","subject":"demo/icu1/bed-01/mon1","value":"-2h"}""",
            """{"at":"1s","for":"5s","what":"silent","subject":"cell:a","form":"held"}""",
        ]);

        Assert.Equal(
            [
                new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), FaultKind.Silent, "demo/icu1/bed-03", 0),
                new(TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1), FaultKind.Latency, "demo/icu1/bed-03/mon1", 250),
                new(TimeSpan.FromSeconds(1.5), TimeSpan.FromHours(1), FaultKind.Jitter, "demo/icu1", 80),
                new(TimeSpan.Zero, TimeSpan.FromSeconds(5), FaultKind.Loss, "demo/icu1/bed-01", 0.2),
                new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), FaultKind.HandoverPingPong, "demo/icu1/bed-01/gw1", 3),
                new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), FaultKind.ClockStep, "demo/icu1/bed-01/mon1", -7_200_000),
                new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), FaultKind.Silent, "cell:a", 0) { Form = OutageForm.Held },
            ],
            faults);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"at":"10s","for":"20s","what":"gremlins","subject":"a"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"3","subject":"a"}""")]
    [InlineData("""{"at":"10","for":"20s","what":"silent","subject":"a"}""")]
    [InlineData("""{"at":"10s","for":"-20s","what":"silent","subject":"a"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"silent"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"latency","subject":"a"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"loss","subject":"a","value":"much"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"loss","subject":"a","value":1.5}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"agentstall","subject":"agent"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"step","subject":"a"}""")]
    [InlineData("""{"at":"10s","for":"20s","what":"silent","subject":"a","form":"odd"}""")]
    public void Parse_Wrong_SaysWhichLine(string line)
    {
        var error = Assert.Throws<SimulationException>(() => FaultScript.Parse("script.jsonl", ["# first", line]));

        Assert.StartsWith("script.jsonl, line 2: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo/icu1", true)]
    [InlineData("demo/icu1/bed-01", true)]
    [InlineData("demo/icu1/bed-01/mon1", true)]
    [InlineData("demo/icu1/bed-0", false)]
    [InlineData("demo/icu1/bed-011", false)]
    public void Touches_Subject_IsTheDeviceOrAboveIt(string subject, bool touched)
    {
        var fault = new Fault(default, default, FaultKind.Silent, subject, 0);

        Assert.Equal(touched, fault.Touches("demo/icu1/bed-01/mon1"));
    }
}
