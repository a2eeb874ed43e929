using System.Net.Sockets;

namespace FieldNet.Mqtt.Transport;

/// <summary>Has the kernel find peers that went without a word, also those whose keep alive is 0.</summary>
public static class DeadPeerProbe
{
    private const int TcpUserTimeout = 18;
    private const int Probes = 3;

    /// <summary>Sets it on a listener; on Linux an accepted socket has it from there.</summary>
    public static void Set(Socket listener, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var probeS = Math.Max(1, (int)timeout.TotalSeconds / (Probes + 1));
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        listener.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, probeS);
        listener.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, probeS);
        listener.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        if (OperatingSystem.IsLinux())
        {
            // There is no probing while something of ours is unacknowledged; this counts then.
            listener.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)timeout.TotalMilliseconds));
        }
    }
}
