using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Replay;

public sealed class ReplayApiTests : IAsyncLifetime
{
    private readonly FakeDeck _deck = new();
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DashboardHost.StartAsync(deck: _deck);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Captures_AreThoseOfTheDeck() =>
        Assert.Equal("night", (await _host.Http.GetFromJsonAsync<JsonElement>("/api/replay/captures", Deadline.Token))[0].GetProperty("id").GetString());

    [Fact]
    public async Task Sessions_Opened_AnswersWhereItIs()
    {
        var answer = await OpenAsync("night");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/api/replay/sessions/s1", answer.Headers.Location?.OriginalString);
        Assert.Equal("playing", (await answer.Content.ReadFromJsonAsync<JsonElement>(Deadline.Token)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Sessions_ACaptureThatIsNotOffered_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync("../../etc")).StatusCode);

    [Fact]
    public async Task Sessions_OneTooMany_IsAConflictThatSaysWhatToDo()
    {
        await OpenAsync("night");

        var answer = await OpenAsync("night");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("close one", await answer.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"speed":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"speed":1e9}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"positionMs":-5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"positionMs":1e300}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"speed":0,"playing":false}""", HttpStatusCode.OK)]
    public async Task Control_OnlyWhatCanBe_ReachesTheReplay(string order, HttpStatusCode expected)
    {
        var answer = await PutAsync(FakeDeck.Session, order);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? [new ReplayControlDto(false, 0, null)] : [], _deck.Orders);
    }

    [Fact]
    public async Task Timeline_OfAReplay_IsWhatIsKnownSoFar()
    {
        var timeline = await _host.Http.GetFromJsonAsync<JsonElement>("/api/replay/sessions/s1/timeline", Deadline.Token);

        Assert.False(timeline.GetProperty("complete").GetBoolean());
        Assert.Equal(JsonValueKind.Null, timeline.GetProperty("marks")[0].GetProperty("endMs").ValueKind);
    }

    [Fact]
    public async Task Sessions_Ended_IsNotFoundAnyMore()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _host.Http.DeleteAsync("/api/replay/sessions/s1", Deadline.Token)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/replay/sessions/s1", Deadline.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(FakeDeck.Session, "{}")).StatusCode);
    }

    [Fact]
    public async Task Control_FromAnotherSitesPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/replay/sessions/s1") { Content = Json("""{"playing":false}""") };
        request.Headers.Add("Origin", "http://evil.example");

        var answer = await _host.Http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_deck.Orders);
    }

    private Task<HttpResponseMessage> OpenAsync(string capture) => _host.Http.PostAsJsonAsync("/api/replay/sessions", new { capture }, Deadline.Token);

    private Task<HttpResponseMessage> PutAsync(string session, string order) => _host.Http.PutAsync($"/api/replay/sessions/{session}", Json(order), Deadline.Token);

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
