using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Mqtt.Transport;

/// <summary>MQTT over TLS on a Kestrel listener.</summary>
public static class MqttTls
{
    /// <summary>Handshakes at a time. One costs some tens of KiB, and the endpoint's own limit counts only who is through.</summary>
    private const int MaxHandshakes = 1000;

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>TLS 1.3 and 1.2. A client's certificate is asked for, taken as it is, and handed on: who it is, the endpoint decides.</summary>
    /// <remarks>The services have the <see cref="MqttEndpoint"/> (<see cref="MqttServiceCollectionExtensions.AddMqttEndpoint"/>).</remarks>
    public static void UseMqttTls(this ListenOptions listen, TlsCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(listen);
        ArgumentNullException.ThrowIfNull(certificate);
        UseTls(listen, certificate, listen.ApplicationServices.GetRequiredService<MqttEndpoint>());
        listen.UseConnectionHandler<MqttConnectionHandler>();
    }

    internal static void UseTls(ListenOptions listen, TlsCertificate certificate, IAcceptor acceptor)
    {
        var handshakes = 0;
        listen.Use(next => async connection =>
        {
            var handshake = new Handshake(() => Interlocked.Decrement(ref handshakes));
            connection.Features.Set(handshake);
            if (Interlocked.Increment(ref handshakes) > MaxHandshakes)
            {
                handshake.Finish();
                acceptor.Refuse(Refusal.TooManyConnections, connection.RemoteEndPoint, "TLS handshakes at a time");
                connection.Abort();
                return;
            }

            await next(connection).ConfigureAwait(false);
            if (handshake.Finish())
            {
                acceptor.Refuse(Refusal.TlsHandshakeFailed, connection.RemoteEndPoint, "not TLS 1.2 or 1.3, or not in time, or our certificate is not trusted");
            }
        });
        listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate.Certificate;
            https.ServerCertificateChain = certificate.Chain;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.HandshakeTimeout = HandshakeTimeout;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
            https.OnAuthenticate = static (_, tls) =>
            {
                // Kestrel would offer HTTP, and so refuse a client that names mqtt.
                tls.ApplicationProtocols = null;
                // Nobody may have us fetch what a stranger's certificate points to.
                tls.CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                };
            };
        });
        listen.Use(next => connection =>
        {
            connection.Features.Get<Handshake>()!.Finish();
            return next(connection);
        });
    }

    private sealed class Handshake(Action finished)
    {
        private int _isFinished;

        /// <returns>False when it was finished before.</returns>
        public bool Finish()
        {
            if (Interlocked.Exchange(ref _isFinished, 1) != 0)
            {
                return false;
            }

            finished();
            return true;
        }
    }
}
