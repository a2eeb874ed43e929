using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.Modem;

/// <summary>Whom a modem's reports are from, and where they go.</summary>
internal sealed record ModemOptions
{
    public required MqttServerAddress Server { get; init; }

    public MqttTlsOptions? Tls { get; init; }

    /// <summary><c>site/ward/bed/device</c> of the gateway.</summary>
    public required string Device { get; init; }

    /// <summary><c>bed/device</c> of each device behind it.</summary>
    public required IReadOnlyList<string> Serves { get; init; }

    public required TimeSpan Every { get; init; }

    /// <summary>Anything else than a modem in use is marked so (P8).</summary>
    public Telemetry.Wire.Stamp.Types.Mode Mode { get; init; } = Telemetry.Wire.Stamp.Types.Mode.Real;
}
