using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>The broker that FieldNet listens to instead of hosting its own endpoint.</summary>
internal sealed record BrokerLinkOptions
{
    public required MqttServerAddress Server { get; init; }

    /// <summary>Names the session that the broker keeps for us: stable over restarts, and no one else's.</summary>
    public required string ClientId { get; init; }

    /// <summary>Topic filters. Default: everything of the contract.</summary>
    public IReadOnlyList<string> Topics { get; init; } = ["fieldnet/v1/#"];

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte> Password { get; init; }

    public MqttTlsOptions? Tls { get; init; }

    /// <summary>Largest message taken, topic and properties included; a larger one is refused and counted. Default 256 KiB, as at our own endpoint.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;

    /// <summary>How long the broker keeps our session while we are away. Default one day.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);
}
