using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Http;

public sealed class WardApiTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync();
        _host.Ward.Set(FakeWard.Bed(0, heartRate: 72));
        _host.Publish();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Ward_IsAFullFrameWithoutWaveforms()
    {
        var ward = await GetAsync("/api/ward");

        Assert.True(ward.GetProperty("full").GetBoolean());
        Assert.Equal("chu", ward.GetProperty("site").GetString());
        Assert.Equal("72", ward.GetProperty("beds")[0].GetProperty("numerics")[0].GetProperty("text").GetString());
        Assert.Equal(_host.Clock.NowUs / 1000d, ward.GetProperty("heard")[0].GetDouble());
        Assert.Equal(0, ward.GetProperty("waves").GetArrayLength());
    }

    [Fact]
    public async Task Bed_ThatSpoke_IsThatBed() =>
        Assert.Equal("icu1/bed-01", (await GetAsync("/api/beds/icu1/bed-01")).GetProperty("key").GetString());

    [Theory]
    [InlineData("/api/beds/icu1/bed-99", "No such bed")]
    [InlineData("/api/nothing", "Not Found")]
    [InlineData("/nothing", "Not Found")]
    public async Task Get_WhatIsNotThere_IsAProblem(string path, string title)
    {
        var response = await _host.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(title, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Post_ToWhatOnlyReads_IsAProblem()
    {
        var response = await _host.Http.PostAsync("/api/ward", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_OfAPartThatThrows_IsAProblemWithoutItsInsides()
    {
        _host.Agent.Broken = true;

        var response = await _host.Http.GetAsync("/api/agent");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("on purpose", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_AreKnownByLabelAndUnit()
    {
        var signals = (await GetAsync("/api/signals")).EnumerateArray().ToDictionary(signal => signal.GetProperty("id").GetString()!);

        var heartRate = signals["MDC_ECG_HEART_RATE"];
        Assert.NotEqual("", heartRate.GetProperty("labelFr").GetString());
        Assert.NotEqual("", heartRate.GetProperty("unit").GetString());
    }

    [Fact]
    public async Task Agent_SaysWhatItIsAndWhatItRefused()
    {
        using var meter = new Meter("FieldNet.WardApiTests");
        meter.CreateCounter<long>("fieldnet.refused", "{message}").Add(3, new KeyValuePair<string, object?>("reason", "payload_malformed_json"));

        var agent = await GetAsync("/api/agent");

        Assert.Equal(("1.2.3", "demo", 1000d), (
            agent.GetProperty("version").GetString(), agent.GetProperty("mode").GetString(), agent.GetProperty("startedMs").GetDouble()));
        Assert.Equal(3, agent.GetProperty("refused").GetProperty("payload_malformed_json").GetDouble());
        Assert.Equal(3, agent.GetProperty("counters").GetProperty("fieldnet_refused_total").GetDouble());
    }

    [Fact]
    public async Task Healthz_WhileAllIsWell_Is200()
    {
        var response = await _host.Http.GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Healthz_WhenAPartAils_Is503WithItsReason()
    {
        _host.Agent.Reasons = ["The disk is full."];

        var response = await _host.Http.GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unhealthy", report.GetProperty("status").GetString());
        Assert.Equal(["The disk is full."], report.GetProperty("checks").EnumerateArray()
            .Single(check => check.GetProperty("name").GetString() == "log").GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
    }

    [Fact]
    public async Task Healthz_ProcessorSilentForFiveSeconds_Is503()
    {
        _host.Clock.Advance(TimeSpan.FromSeconds(6));

        var response = await _host.Http.GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("published nothing for 6 s", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AreTheDashboardsOwnToo()
    {
        using var page = await HubSocket.WatchAsync(_host.Address);
        await page.NextAsync();

        var response = await _host.Http.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("# TYPE fieldnet_dashboard_frames_total counter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("fieldnet_dashboard_viewers ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_NamesEveryRouteOfTheApi()
    {
        var document = await GetAsync("/openapi/v1.json");

        Assert.Equal(
            [
                "/api/agent", "/api/beds/{ward}/{bed}", "/api/history/events", "/api/history/series", "/api/history/trend", "/api/history/waves",
                "/api/network", "/api/network/incidents", "/api/replay/captures", "/api/replay/sessions", "/api/replay/sessions/{session}", "/api/replay/sessions/{session}/timeline",
                "/api/signals", "/api/ward", "/healthz", "/metrics",
            ],
            document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty("BedDto", out _));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var response = await _host.Http.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
