using FieldNet.Slice.Core;
using FieldNet.TestKit;

namespace FieldNet.Slice.Tests.Core;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Read_EveryForm_IsTaken()
    {
        const string Page = """
            # HELP up A word with "quotes" and {braces}
            # TYPE up gauge

            up 1
            	spaced	2  1700000000000
            labelled{a="1",b = "two words",} 3.5e2
            escaped{path="C:\\dir\"x\"\nend"} -4
            empty{} 5
            limits NaN
            above +Inf
            below -Inf
            latency_bucket{le="+Inf"} 12 # {trace_id="abc"} 0.7 1.6e9
            # EOF
            """;

        var samples = PrometheusText.Read(Page, out var unreadable);

        Assert.Equal(0, unreadable);
        Assert.Equal([1, 2, 350, -4, 5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 12], samples.Select(sample => sample.Value));
        Assert.Equal("two words", samples[2].Label("b"));
        Assert.Equal("C:\\dir\"x\"\nend", samples[3].Label("path"));
        Assert.Null(samples[4].Label("a"));
    }

    [Theory]
    [InlineData("up")]
    [InlineData("up one")]
    [InlineData("1up 1")]
    [InlineData("up{a=\"1\" 1")]
    [InlineData("up{a=1} 1")]
    [InlineData("up{a=\"1\"b=\"2\"} 1")]
    [InlineData("up{a=\"1\\")]
    [InlineData("{a=\"1\"} 1")]
    [InlineData("<html>")]
    public void Read_ALineThatIsNone_IsCountedAndTheNextIsTaken(string line)
    {
        var samples = PrometheusText.Read($"{line}\r\nup 1\r\n", out var unreadable);

        Assert.Equal(1, unreadable);
        Assert.Equal(1, Assert.Single(samples).Value);
    }

    [Theory]
    [InlineData("metrics/amf_metrics.prom", 24)]
    [InlineData("metrics/upf_metrics.prom", 13)]
    public void Read_ARealPage_HasEverySeries(string file, int series)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, SharedData.Absent);

        var samples = PrometheusText.Read(File.ReadAllText(path), out var unreadable);

        Assert.Equal((series, 0), (samples.Count, unreadable));
    }

    [Fact]
    public void Read_TooMuch_IsBounded()
    {
        var samples = PrometheusText.Read(string.Join('\n', Enumerable.Range(0, 30_000).Select(i => $"m{i} 1")), out var unreadable);

        Assert.Equal((PrometheusText.MaxSamples, 10_000), (samples.Count, unreadable));
    }
}
