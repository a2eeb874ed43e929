using FieldNet.Dashboard.Replay;
using FieldNet.Edge.Agent;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Registers the replays of the dashboard's replay page.</summary>
internal static class ReplayDeckServices
{
    /// <summary>Name of the folder of captures in a data folder.</summary>
    public const string CapturesFolder = "captures";

    public static IServiceCollection AddReplayDeck(this IServiceCollection services, AgentOptions options) =>
        services.AddSingleton<IReplayDeck>(provider => new CaptureDeck(
            new CaptureShelf(options.Data, options.Captures ?? Path.Combine(options.Data, CapturesFolder), provider.GetRequiredService<ICommitMark>()),
            provider.GetRequiredService<TimeProvider>()));
}
