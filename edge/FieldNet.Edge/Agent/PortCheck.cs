using System.Net;
using System.Net.Sockets;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Agent;

/// <summary>Says in one sentence that a port is taken, before anything else is started.</summary>
internal static class PortCheck
{
    public static IPAddress Address(string listen) => listen switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ when IPAddress.TryParse(listen, out var address) => address,
        _ => throw new BadArgumentException($"--listen takes an address of this machine, such as 127.0.0.1 or 0.0.0.0; '{listen}' is none."),
    };

    public static void RequireFree(IPAddress address, int port, string what, string option)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException refused)
        {
            var why = refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"port {port} for {what} is taken by another program",
                SocketError.AccessDenied => $"port {port} for {what} may not be opened by this user",
                SocketError.AddressNotAvailable => $"this machine has no address {address}",
                _ => $"port {port} for {what} can't be opened ({refused.Message})",
            };
            throw new EnvironmentFaultException($"{why}; choose another with {option} (0 takes a free one).", refused);
        }
    }
}
