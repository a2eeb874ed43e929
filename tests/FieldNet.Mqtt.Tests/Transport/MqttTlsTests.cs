using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.Mqtt.Tests.Transport;

public sealed class MqttTlsTests
{
    private static readonly byte[] Connect = [0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 1, (byte)'c'];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Connect_OverEachVersion_IsServed(SslProtocols version)
    {
        await using var host = await EndpointHost.StartAsync();

        await using var tls = await OpenAsync(host.TlsPort, version);
        await tls.WriteAsync(Connect, Cancellation);
        var connAck = new byte[4];
        await tls.ReadExactlyAsync(connAck, Cancellation);

        Assert.Equal(version, tls.SslProtocol);
        Assert.Equal([0x20, 2, 0, 0], connAck);
    }

    [Fact]
    public async Task Connect_NamingMqttAsItsProtocol_IsServed()
    {
        await using var host = await EndpointHost.StartAsync();

        await using var tls = await OpenAsync(host.TlsPort, SslProtocols.Tls13, alpn: new SslApplicationProtocol("mqtt"));
        await tls.WriteAsync(Connect, Cancellation);

        Assert.Equal(0x20, await ReadByteAsync(tls));
    }

    [Fact]
    public async Task Handshake_NotTls_IsRefusedAndCounted()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await FramePeer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, host.TlsPort));

        await peer.SendAsync(Connect);

        await peer.AssertGoneAsync();
        await Until.HoldsAsync(() => host.Ingress.Refusals.Any(each => each.Reason == Refusal.TlsHandshakeFailed), "refused");
    }

    [Fact]
    public async Task Handshake_WithAnyClientCertificate_HandsItOn()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        // Expired and signed by itself: whom to believe is for the policy, which sees it.
        using var created = new CertificateRequest("CN=monitor 7", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddYears(-2), now.AddYears(-1));
        using var client = X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), null);
        var acceptor = new FrameAcceptor();
        await using var app = await ServeAsync(acceptor);

        foreach (var version in (SslProtocols[])[SslProtocols.Tls12, SslProtocols.Tls13])
        {
            await using var tls = await OpenAsync(Port(app), version, client);
            var frame = FramePeer.Frame(10, seed: 1);
            await tls.WriteAsync(frame, Cancellation);
            await tls.ReadExactlyAsync(new byte[frame.Length], Cancellation);

            Assert.Equal(client.GetCertHash(), acceptor.Accepted.Last().Transport.ClientCertificate!.GetCertHash());
        }

        Assert.Empty(acceptor.Refused);
    }

    [Fact]
    public async Task Handshake_WithoutClientCertificate_IsServedAsNobody()
    {
        var acceptor = new FrameAcceptor();
        await using var app = await ServeAsync(acceptor);

        await using var tls = await OpenAsync(Port(app), SslProtocols.Tls13);
        var large = FramePeer.Frame(300_000, seed: 2);
        var read = new byte[large.Length];
        var reading = tls.ReadExactlyAsync(read, Cancellation);
        await tls.WriteAsync(large, Cancellation);
        await reading;

        Assert.Equal(large, read);
        Assert.Null(acceptor.Accepted.Single().Transport.ClientCertificate);
    }

    [Fact]
    public void LoadOrCreate_Twice_KeepsTheFirst()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-tls-");
        var file = Path.Combine(folder.FullName, "mqtts.pem");

        var first = TlsCertificate.LoadOrCreate(file, [IPAddress.Parse("192.0.2.7")], TimeProvider.System);
        var second = TlsCertificate.LoadOrCreate(file, [], TimeProvider.System);

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.True(first.Certificate.HasPrivateKey);
        Assert.True(first.Certificate.MatchesHostname("localhost"));
        Assert.True(first.Certificate.MatchesHostname("192.0.2.7"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Load_KeyOfAnother_Throws()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-tls-");
        var (one, other) = (Path.Combine(folder.FullName, "1.pem"), Path.Combine(folder.FullName, "2.pem"));
        TlsCertificate.LoadOrCreate(one, [], TimeProvider.System);
        TlsCertificate.LoadOrCreate(other, [], TimeProvider.System);

        Assert.Throws<CryptographicException>(() => TlsCertificate.Load(one, other));
        folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> ServeAsync(FrameAcceptor acceptor)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            MqttTls.UseTls(listen, EndpointHost.Certificate, acceptor);
            listen.Run(connection => FrameAcceptor.ServeAsync(connection, acceptor));
        }));
        var app = builder.Build();
        await app.StartAsync(Cancellation);
        return app;
    }

    private static int Port(WebApplication app) => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    private static async Task<SslStream> OpenAsync(int port, SslProtocols version, X509Certificate2? certificate = null, SslApplicationProtocol? alpn = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = version,
                ClientCertificates = certificate is null ? null : [certificate],
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
                ApplicationProtocols = alpn is { } name ? [name] : null,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == EndpointHost.Certificate.Certificate.GetCertHashString(),
            },
            Cancellation);
        return tls;
    }

    private static async Task<int> ReadByteAsync(Stream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, Cancellation);
        return one[0];
    }
}
