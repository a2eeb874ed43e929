using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Http;

public sealed class HistoryApiTests : IAsyncLifetime
{
    private readonly FakeHistory _history = new();
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DashboardHost.StartAsync(history: _history);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Series_OfABed_AreListed() =>
        Assert.Equal("MDC_ECG_HEART_RATE", (await GetAsync("series?bed=icu1/bed-01")).GetProperty("series")[0].GetProperty("signal").GetString());

    [Fact]
    public async Task Trend_IsParallelArrays()
    {
        var trend = await GetAsync("trend?bed=icu1/bed-01&signal=MDC_ECG_HEART_RATE&from=1970-01-01T00:00:01Z&to=60000");

        Assert.Equal(new TrendRequest("icu1/bed-01", null, "MDC_ECG_HEART_RATE", 1000, 60_000, 1000), _history.Trended);
        Assert.Equal((1000, 72d, 0), (
            trend.GetProperty("timesMs")[0].GetInt64(), trend.GetProperty("mean")[0].GetDouble(), trend.GetProperty("late")[0].GetInt32()));
    }

    [Fact]
    public async Task Events_AreTheLinesThemselves()
    {
        var events = await GetAsync("events?bed=icu1/bed-01&kind=alarm&from=1000&limit=5&before=8");

        Assert.Equal(new EventRequest("icu1/bed-01", "alarm", 1000, null, 8, 5), _history.Listed);
        Assert.Equal("""[{"n":7,"kind":"alarm"}]""", events.GetProperty("events").GetRawText());
        Assert.True(events.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task Waves_KeepMissingSamplesNull()
    {
        var waves = await GetAsync("waves?bed=icu1/bed-01&device=mon1&signal=MDC_ECG_ELEC_POTL_II&from=1000&to=2000&points=500");

        Assert.Equal(new WaveRequest("icu1/bed-01", "mon1", "MDC_ECG_ELEC_POTL_II", 1000, 2000, 500), _history.LookedBack);
        Assert.Equal("[0.5,null]", waves.GetProperty("pieces")[0].GetProperty("min").GetRawText());
    }

    [Theory]
    [InlineData("series")]
    [InlineData("series?bed=../etc")]
    [InlineData("trend?bed=icu1/bed-01&from=0&to=1")]
    [InlineData("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=yesterday&to=1")]
    [InlineData("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=0")]
    [InlineData("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=2000&to=1000")]
    [InlineData("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=0&to=1000&points=0")]
    [InlineData("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=0&to=1000&points=many")]
    [InlineData("events?limit=100000")]
    [InlineData("events?to=99999999999999999999")]
    [InlineData("waves?bed=icu1/bed-01&signal=MDC_ECG_ELEC_POTL_II&from=0&to=3600001")]
    public async Task Get_WhatCannotBeAsked_IsAProblem(string question) =>
        await IsAProblemAsync(question, HttpStatusCode.BadRequest);

    [Fact]
    public async Task Trend_OfWhatIsNotKept_IsNotFound() =>
        await IsAProblemAsync("trend?bed=icu1/bed-01&signal=MDC_TEMP&from=0&to=1000", HttpStatusCode.NotFound);

    private async Task IsAProblemAsync(string question, HttpStatusCode status)
    {
        var response = await _host.Http.GetAsync($"/api/history/{question}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<JsonElement> GetAsync(string question)
    {
        var response = await _host.Http.GetAsync($"/api/history/{question}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
