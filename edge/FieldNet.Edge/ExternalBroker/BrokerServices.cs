using System.Security.Cryptography;
using FieldNet.Dashboard.Health;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>Registers where MQTT messages come from.</summary>
internal static class BrokerServices
{
    /// <param name="broker">Another's broker to listen to; null for an endpoint of our own.</param>
    public static IServiceCollection AddMqtt(this IServiceCollection services, BrokerLinkOptions? broker) => broker is null
        ? services.AddMqttEndpoint(new MqttEndpointOptions())
        : services
            .AddSingleton(new ReceivedMessages(broker.ClientId))
            .AddSingleton(provider => new BrokerLink(
                broker,
                provider.GetRequiredService<IIngress>(),
                provider.GetRequiredService<ICommitMark>(),
                provider.GetRequiredService<ReceivedMessages>(),
                TimeProvider.System,
                // Jitter: many agents that lost one broker must not come back in step. Nothing that is recorded depends on it.
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue)).NextDouble))
            .AddSingleton<IHealthSource>(provider => provider.GetRequiredService<BrokerLink>());
}
