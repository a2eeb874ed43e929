using System.Reactive.Concurrency;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Edge.Network;

/// <summary>Registers what reads the 5G side.</summary>
internal static class NetworkServices
{
    public static IServiceCollection AddNetworkSources(this IServiceCollection services, IReadOnlyList<NetworkSourceOptions> sources) => sources.Count == 0
        ? services
        : services.AddHostedService(provider => new NetworkService(sources, provider.GetRequiredService<IIngress>(), TaskPoolScheduler.Default));
}
