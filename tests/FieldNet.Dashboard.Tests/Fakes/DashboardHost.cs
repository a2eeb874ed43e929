using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>The dashboard on a real loopback port, over a ward that the test sets; the test's thread plays the sequencer.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, ManualClock clock, FakeWard ward, FakeAgent agent)
    {
        (_app, Clock, Ward, Agent) = (app, clock, ward, agent);
        Http = new HttpClient { BaseAddress = Address };
    }

    public ManualClock Clock { get; }

    public FakeWard Ward { get; }

    public FakeAgent Agent { get; }

    public HttpClient Http { get; }

    public Uri Address => new(_app.Urls.Single());

    public WardFeed Feed => _app.Services.GetRequiredService<WardFeed>();

    public WardStream Stream => _app.Services.GetRequiredService<WardStream>();

    public static async Task<DashboardHost> StartAsync(Action<DashboardOptions>? configure = null, IHistoryViews? history = null, IReplayDeck? deck = null, IAlarmPathWitness? witness = null)
    {
        var clock = new ManualClock();
        var (ward, agent) = (new FakeWard(clock), new FakeAgent());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ILogClock>(clock).AddSingleton<IWardViews>(ward)
            .AddSingleton<IAgentStatus>(agent).AddSingleton<IHealthSource>(agent).AddDashboard(configure);
        if (history is not null)
        {
            builder.Services.AddSingleton(history);
        }

        if (deck is not null)
        {
            builder.Services.AddSingleton(deck);
        }

        if (witness is not null)
        {
            builder.Services.AddSingleton(witness);
        }

        var app = builder.Build();
        app.MapDashboard();
        await app.StartAsync();
        return new DashboardHost(app, clock, ward, agent);
    }

    /// <summary>Lets time pass, counts a record, and ends the batch: the feed publishes.</summary>
    public void Publish(int afterMs = 100)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(afterMs));
        Ward.Record++;
        Feed.BatchEnd();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
