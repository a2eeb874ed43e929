using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using FieldNet.Dashboard.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace FieldNet.Dashboard.Tests.Metrics;

public sealed partial class PrometheusTextTests : IDisposable
{
    private readonly MetricRegistry _registry = new(NullLogger<MetricRegistry>.Instance);
    private readonly Meter _meter = new("FieldNet.TextTests");

    public void Dispose()
    {
        _meter.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public void Write_ACounterWithTags_SumsEachSeries()
    {
        var refused = _meter.CreateCounter<long>("fieldnet.text_refused", "{message}", "Refused.");

        refused.Add(1, new KeyValuePair<string, object?>("reason", "payload_malformed_json"));
        refused.Add(2, new KeyValuePair<string, object?>("reason", "payload_malformed_json"));
        refused.Add(5, new KeyValuePair<string, object?>("reason", "packet_too_large"));

        var text = PrometheusText.Write(_registry.Collect());
        Assert.Contains(
            """
            # HELP fieldnet_text_refused_total Refused.
            # TYPE fieldnet_text_refused_total counter
            fieldnet_text_refused_total{reason="packet_too_large"} 5
            fieldnet_text_refused_total{reason="payload_malformed_json"} 3

            """.ReplaceLineEndings("\n"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TagsInAnotherOrder_AreOneSeries()
    {
        var counter = _meter.CreateCounter<int>("fieldnet.text_order");

        counter.Add(1, new("a", 1), new("b", true));
        counter.Add(1, new("b", true), new("a", 1));

        Assert.Equal(2, Parse()["""fieldnet_text_order_total{a="1",b="True"}"""]);
    }

    [Fact]
    public void Write_AwkwardLabelsAndHelp_AreEscaped()
    {
        var gauge = _meter.CreateGauge<double>("fieldnet.text_awkward", null, "one\\two\nthree");

        gauge.Record(0.5, new KeyValuePair<string, object?>("what's-this", "a\"b\\c\nd"));

        var text = PrometheusText.Write(_registry.Collect());
        Assert.Contains("# HELP fieldnet_text_awkward one\\\\two\\nthree\n", text, StringComparison.Ordinal);
        Assert.Contains("fieldnet_text_awkward{what_s_this=\"a\\\"b\\\\c\\nd\"} 0.5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AHistogram_HasCumulativeBucketsSumAndCount()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 1] };
        var histogram = _meter.CreateHistogram("fieldnet.text_delay", "s", "Delay.", tags: null, advice);

        foreach (var value in new[] { 0.001, 0.01, 0.05, 3 })
        {
            histogram.Record(value);
        }

        var samples = Parse();
        Assert.Equal(2, samples["""fieldnet_text_delay_seconds_bucket{le="0.01"}"""]);
        Assert.Equal(3, samples["""fieldnet_text_delay_seconds_bucket{le="0.1"}"""]);
        Assert.Equal(3, samples["""fieldnet_text_delay_seconds_bucket{le="1"}"""]);
        Assert.Equal(4, samples["""fieldnet_text_delay_seconds_bucket{le="+Inf"}"""]);
        Assert.Equal(4, samples["fieldnet_text_delay_seconds_count"]);
        Assert.Equal(3.061, samples["fieldnet_text_delay_seconds_sum"], 9);
    }

    [Fact]
    public void Write_UpDownAndObserved_HaveTheirLastValueAndVanishWhenNoLongerReported()
    {
        var upDown = _meter.CreateUpDownCounter<long>("fieldnet.text_open");
        Measurement<long>[] observed = [new(7, new KeyValuePair<string, object?>("lane", "facts")), new(9, new KeyValuePair<string, object?>("lane", "waves"))];
        _meter.CreateObservableGauge("fieldnet.text_queue", () => observed, "By");
        upDown.Add(3);
        upDown.Add(-1);

        var before = Parse();
        observed = [observed[0]];
        var after = Parse();

        Assert.Equal(2, before["fieldnet_text_open"]);
        Assert.Equal(9, before["""fieldnet_text_queue_bytes{lane="waves"}"""]);
        Assert.Equal(7, after["""fieldnet_text_queue_bytes{lane="facts"}"""]);
        Assert.DoesNotContain("""fieldnet_text_queue_bytes{lane="waves"}""", after.Keys);
    }

    [Fact]
    public void Write_AnObservedInstrumentThatThrows_LeavesTheOthers()
    {
        _meter.CreateObservableGauge("fieldnet.text_broken", () => int.Parse("broken on purpose", CultureInfo.InvariantCulture));
        _meter.CreateObservableCounter("fieldnet.text_whole", () => 4L);

        Assert.Equal(4, Parse()["fieldnet_text_whole_total"]);
    }

    [Fact]
    public void Write_ForeignMeters_AreNotListenedTo()
    {
        using var meter = new Meter("Somebody.Else");
        meter.CreateCounter<long>("foreign.text").Add(1);

        Assert.DoesNotContain("foreign", PrometheusText.Write(_registry.Collect()), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_MoreSeriesThanAllowed_KeepsTheFirst()
    {
        var counter = _meter.CreateCounter<long>("fieldnet.text_many");

        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        Assert.Equal(MetricFamily.MaxSeries, Parse().Keys.Count(key => key.StartsWith("fieldnet_text_many_total", StringComparison.Ordinal)));
    }

    /// <summary>Reads the text back by the format's own grammar; a line that fits it not is a failure.</summary>
    private Dictionary<string, double> Parse()
    {
        var samples = new Dictionary<string, double>();
        foreach (var line in PrometheusText.Write(_registry.Collect()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Comment().IsMatch(line))
            {
                continue;
            }

            var match = Sample().Match(line);
            Assert.True(match.Success, line);
            var value = match.Groups["value"].Value.Replace("Inf", "Infinity", StringComparison.Ordinal);
            samples.Add(match.Groups["series"].Value, double.Parse(value, CultureInfo.InvariantCulture));
        }

        return samples;
    }

    [GeneratedRegex(@"^# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?<series>[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*""(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*"")*\})?) (?<value>\S+)$")]
    private static partial Regex Sample();
}
