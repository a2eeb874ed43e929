using System.Net;
using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.Verbs;

/// <summary>The broker that <c>replay --to</c> publishes onto.</summary>
internal static class ReplayTarget
{
    /// <exception cref="BadArgumentException">No address, or verbatim to another machine.</exception>
    public static MqttServerAddress Parse(string url, bool verbatim)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !MqttServerAddress.TryParse(uri, out var server))
        {
            throw new BadArgumentException($"--to takes mqtt://HOST:PORT; '{url}' is none.");
        }

        return !verbatim || IsLoopback(server.Host)
            ? server
            : throw new BadArgumentException($"--verbatim sends what could be taken for real, so only to this machine itself; {server.Host} is another. Leave --verbatim out, or publish to 127.0.0.1.");
    }

    /// <summary>By its address; a name other than localhost may mean another machine tomorrow.</summary>
    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
