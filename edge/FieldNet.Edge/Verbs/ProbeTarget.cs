using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Verbs;

/// <summary>Finds the reflector that is meant by <c>HOST[:PORT]</c>.</summary>
internal static class ProbeTarget
{
    /// <exception cref="BadArgumentException">It is no such thing.</exception>
    /// <exception cref="EnvironmentFaultException">Its name has no address.</exception>
    public static async Task<IPEndPoint> ResolveAsync(string target, CancellationToken cancellation)
    {
        if (target.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(target, out var bare))
        {
            return new IPEndPoint(bare, StampSenderOptions.PresetPort);
        }

        if (ListenAddress.Parse(target) is { } whole)
        {
            return whole;
        }

        var colon = target.LastIndexOf(':');
        var (host, port) = colon < 0 ? (target, StampSenderOptions.PresetPort)
            : int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (target[..colon], number)
            : (target, 0);
        if (port is < 1 or > 65_535 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new BadArgumentException($"'{target}' is no reflector; write HOST or HOST:PORT.");
        }

        try
        {
            return new IPEndPoint((await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false))[0], port);
        }
        catch (SocketException unknown)
        {
            throw new EnvironmentFaultException($"{host} has no address: {unknown.Message}.", unknown);
        }
    }
}
