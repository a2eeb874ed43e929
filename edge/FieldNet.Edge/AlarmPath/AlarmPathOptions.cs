using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.AlarmPath;

/// <summary>How often the alarm path is tried, and how long an alarm may take.</summary>
internal sealed record AlarmPathOptions
{
    /// <summary>Default: a minute; the first comes so long after the start.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Default: 10 s for all hops.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Another way to the endpoint, such as a gateway's address. Default null: straight there.</summary>
    public MqttServerAddress? Via { get; init; }
}
