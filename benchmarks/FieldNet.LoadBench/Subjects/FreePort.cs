using System.Net;
using System.Net.Sockets;

namespace FieldNet.LoadBench.Subjects;

/// <summary>A port of the loopback that nobody listens on just now.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
