using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Transport;

/// <summary>How one connection's bytes come and go, as its protocol sees it.</summary>
/// <remarks>Threading: any thread; must not block, nor call the protocol from within. Calls coalesce.</remarks>
internal interface ITransport
{
    /// <summary>Null where the socket has none.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>Presented in the TLS handshake and not judged by it; null without one.</summary>
    X509Certificate2? ClientCertificate { get; }

    /// <summary>There may be something to write, or the connection has ended.</summary>
    void WakeWriter();

    /// <summary>A paused <see cref="IProtocol.Receive"/> may go on, or the connection has ended.</summary>
    void WakeReader();
}
