namespace FieldNet.Mqtt.Client;

/// <summary>Where a lasting connection goes, and how it comes back.</summary>
public sealed class MqttLinkOptions
{
    public required MqttServerAddress Server { get; init; }

    /// <summary>For each connection; <see cref="IMqttLinkUser.Receiver"/> replaces its receiver. A link that must lose nothing has a client id, <see cref="MqttClientOptions.CleanStart"/> false and a session expiry.</summary>
    public required MqttClientOptions Client { get; init; }

    /// <summary>Made on the first connection of a process and whenever the server has no session. Default: none.</summary>
    public IReadOnlyList<MqttSubscription> Subscriptions { get; init; } = [];

    /// <summary>Upper end of the first wait; each further one is twice that, up to <see cref="LongestWait"/>. Default 500 ms.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Upper end of every wait. Default 15 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection that lasted this long begins anew with the first wait. Default 10 s: a server that lets in and throws out is not hammered.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromSeconds(10);
}
