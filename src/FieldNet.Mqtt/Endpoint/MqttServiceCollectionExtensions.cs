using FieldNet.Mqtt.Broker;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Registers the endpoint.</summary>
public static class MqttServiceCollectionExtensions
{
    /// <summary>Adds the broker, the endpoint with its connection handler, their metrics and limits.</summary>
    /// <remarks>
    /// The host also registers <see cref="IIngress"/> and <see cref="ICommitMark"/>, gives the <see cref="MqttBroker"/> to the
    /// sequencer as the view behind the ward's, sets its <see cref="MqttBroker.Injector"/> to the sequencer, and lets a
    /// listener <c>UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>. Where it listens is the host's choice.
    /// </remarks>
    public static IServiceCollection AddMqttEndpoint(this IServiceCollection services, MqttEndpointOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<MqttMetrics>();
        services.AddSingleton<MqttBroker>();
        services.AddSingleton<MqttEndpoint>();
        services.AddSingleton<MqttConnectionHandler>();
        return services;
    }
}
