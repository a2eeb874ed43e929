using System.Diagnostics.CodeAnalysis;

namespace FieldNet.Mqtt.Client;

/// <summary>Where an MQTT server is and how it is reached.</summary>
/// <remarks>Shape: <c>mqtt://</c> (TCP, port 1883), <c>mqtts://</c> (TLS, 8883), <c>ws://</c> and <c>wss://</c> (WebSocket, 80 and 443, path <c>/mqtt</c> unless given).</remarks>
public sealed record MqttServerAddress
{
    private MqttServerAddress(Uri uri, bool usesTls, Uri? webSocket) => (Uri, UsesTls, WebSocket) = (uri, usesTls, webSocket);

    /// <summary>With its port, and without a user.</summary>
    public Uri Uri { get; }

    public string Host => Uri.IdnHost;

    public int Port => Uri.Port;

    public bool UsesTls { get; }

    /// <summary>Null for a plain stream.</summary>
    internal Uri? WebSocket { get; }

    /// <returns>False for another scheme, no host, or a user in the address (credentials go into the options, not into a process list).</returns>
    public static bool TryParse(Uri? uri, [NotNullWhen(true)] out MqttServerAddress? address)
    {
        address = null;
        if (uri is not { IsAbsoluteUri: true, Host.Length: > 0, UserInfo: "" })
        {
            return false;
        }

        var port = uri.Port;
        address = uri.Scheme switch
        {
            "mqtt" or "tcp" => new MqttServerAddress(WithPort("mqtt", 1883), usesTls: false, webSocket: null),
            "mqtts" or "ssl" => new MqttServerAddress(WithPort("mqtts", 8883), usesTls: true, webSocket: null),
            "ws" => new MqttServerAddress(uri, usesTls: false, WithPath()),
            "wss" => new MqttServerAddress(uri, usesTls: true, WithPath()),
            _ => null,
        };
        return address is not null;

        Uri WithPort(string scheme, int preset) => new UriBuilder(scheme, uri.Host, port > 0 ? port : preset).Uri;

        Uri WithPath() => uri.AbsolutePath == "/" ? new UriBuilder(uri) { Path = "/mqtt" }.Uri : uri;
    }

    public override string ToString() => Uri.ToString();
}
