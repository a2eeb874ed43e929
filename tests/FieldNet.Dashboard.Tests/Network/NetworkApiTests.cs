using System.Net.Http.Json;
using System.Text.Json;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Network;

public sealed class NetworkApiTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DashboardHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Network_BeforeAnythingWasSaid_IsEmptyAndNotAnError()
    {
        var network = await GetAsync("/api/network");

        Assert.Equal(0, network.GetProperty("record").GetInt64());
        Assert.All(["sources", "paths", "incidents", "watchdogs"], list => Assert.Equal(0, network.GetProperty(list).GetArrayLength()));
    }

    [Fact]
    public async Task Network_IsTheProcessorsInMillisecondsAndWords()
    {
        Publish();

        var network = await GetAsync("/api/network");

        Assert.Equal(5000, network.GetProperty("logTimeMs").GetDouble());
        Assert.Equal("""{"name":"gnb-a","kind":"gnb","reached":false,"sinceMs":2000,"reportedMs":4000,"error":"connection refused","facts":[]}""", network.GetProperty("sources")[0].GetRawText());
        var path = network.GetProperty("paths")[0];
        Assert.Equal(("icu1/bed-01", "mon1", "lost"), (Text(path, "bed"), Text(path, "device"), Text(path, "link")));
        Assert.Equal("""{"step":"five_qi","value":"9","confidence":1,"from":"amf","sinceMs":1500,"planned":"70"}""", path.GetProperty("chain")[2].GetRawText());
        Assert.Equal("""{"atMs":1500,"step":"cell","before":"3A20","after":"3A1F"}""", path.GetProperty("history")[0].GetRawText());
        Assert.Equal("""{"ward":"icu1","sequence":7,"sentMs":4000,"hops":[{"name":"endpoint","ms":1.5},{"name":"page","ms":null}],"missed":false}""", network.GetProperty("watchdogs")[0].GetRawText());
    }

    [Fact]
    public async Task Network_WhatIsUnknownOrNoNumber_IsNullAndNeverZero()
    {
        Publish();

        var path = (await GetAsync("/api/network")).GetProperty("paths")[0];

        var budget = path.GetProperty("budget");
        Assert.All(["delayP98Ms", "lossRatio", "lossBudget", "linkAvailability", "serviceAvailability"], name => Assert.Equal(JsonValueKind.Null, budget.GetProperty(name).ValueKind));
        Assert.Equal(JsonValueKind.Null, path.GetProperty("sinrDb").ValueKind);
        Assert.Equal(-91, path.GetProperty("rsrpDbm").GetDouble());
    }

    [Fact]
    public async Task Incidents_HaveTheirEvidenceAsInTheEventFile()
    {
        Publish();

        var incidents = await GetAsync("/api/network/incidents");

        Assert.Equal(["i1", "i0"], incidents.EnumerateArray().Select(incident => Text(incident, "id")));
        Assert.Equal(
            """{"id":"i1","what":"silent","cause":"cell","subject":"chu/icu1/_cell-3A1F","severity":"high","sinceMs":2500,"endMs":null,"beds":["icu1/bed-01","icu1/bed-02"],"children":2,"evidence":{"silent_ms":1830.5,"devices":2,"children":["c1","c2"],"p_value":null,"core_reached":true}}""",
            incidents[0].GetRawText());
        Assert.Equal(3000, incidents[1].GetProperty("endMs").GetDouble());
    }

    [Fact]
    public async Task Ward_NamesTheOpenIncidentsAlone()
    {
        Publish();

        var ward = await GetAsync("/api/ward");

        Assert.Equal(["i1"], ward.GetProperty("incidents").EnumerateArray().Select(incident => Text(incident, "id")));
        Assert.Equal(7, ward.GetProperty("watchdogs")[0].GetProperty("sequence").GetInt64());
    }

    private void Publish()
    {
        _host.Ward.Net = FakeNetwork.Silent();
        _host.Publish();
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private async Task<JsonElement> GetAsync(string path)
    {
        var response = await _host.Http.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
