using FieldNet.Dashboard.Metrics;

namespace FieldNet.Dashboard.Tests.Metrics;

public sealed class MetricNameTests
{
    [Theory]
    [InlineData("fieldnet.refused", "{message}", MetricKind.Counter, "fieldnet_refused_total")]
    [InlineData("fieldnet.mqtt.received", "By", MetricKind.Counter, "fieldnet_mqtt_received_bytes_total")]
    [InlineData("fieldnet.mqtt.bytes_total", "By", MetricKind.Counter, "fieldnet_mqtt_bytes_total")]
    [InlineData("fieldnet.log.commit", "s", MetricKind.Histogram, "fieldnet_log_commit_seconds")]
    [InlineData("fieldnet.log.commit_seconds", "s", MetricKind.Histogram, "fieldnet_log_commit_seconds")]
    [InlineData("fieldnet.loss", "1", MetricKind.Gauge, "fieldnet_loss_ratio")]
    [InlineData("fieldnet.beds", null, MetricKind.Gauge, "fieldnet_beds")]
    [InlineData("fieldnet.rate-now", "{record}/s", MetricKind.Gauge, "fieldnet_rate_now")]
    [InlineData("4g.bars", "", MetricKind.Gauge, "_4g_bars")]
    public void Of_AnInstrument_FollowsTheConventions(string name, string? unit, object kind, string exposed) =>
        Assert.Equal(exposed, MetricName.Of(name, unit, (MetricKind)kind));
}
