using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.TestKit;

namespace FieldNet.Mqtt.Tests.Client;

/// <summary>Our client against a broker that is not ours.</summary>
public sealed class MosquittoServerTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V5, 0)]
    [InlineData(MqttProtocolVersion.V5, 1)]
    [InlineData(MqttProtocolVersion.V5, 2)]
    [InlineData(MqttProtocolVersion.V311, 1)]
    [InlineData(MqttProtocolVersion.V311, 2)]
    public async Task Publish_AnyQos_ArrivesOnceInOrder(MqttProtocolVersion version, byte qos)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        await using var client = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, new() { ClientId = "a", ProtocolVersion = version, MaxReceivedMessages = 4 });
        Assert.Equal((MqttReasonCode)qos, await client.SubscribeAsync("some/topic", qos));

        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await client.PublishAsync("some/topic", BitConverter.GetBytes(i), qos);
            }
        });
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await client.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline)).Payload.Span));
        }

        await publishing.WaitAsync(Until.Deadline);
        Assert.Equal(0, client.InFlight);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Session_BrokerRestartedInMidStream_EveryMessageArrives(byte qos)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        using var session = new MqttClientSession();
        var options = new MqttClientOptions { ClientId = "pub", CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), Session = session };
        var listening = new MqttClientOptions { ClientId = "sub", CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), MaxReceivedMessages = 10_000 };
        await using (var subscriber = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, listening))
        {
            await subscriber.SubscribeAsync("t", qos);
            await subscriber.DisconnectAsync();
        }

        var next = 0;
        for (var round = 0; round < 4; round++)
        {
            await using var client = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, options);
            var until = next + 200;
            while (next < until)
            {
                if (client.TryPublish("t"u8, BitConverter.GetBytes(next), qos))
                {
                    next++;
                }
                else
                {
                    await client.WaitForRoomAsync();
                }
            }

            await broker.StopAsync();
            await client.Closed.WaitAsync(Until.Deadline);
            await broker.StartAgainAsync();
        }

        await using var last = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, options);
        await Until.HoldsAsync(() => session.InFlight == 0, "everything answered");
        await using var reader = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, listening);
        var seen = new List<int>();
        while (seen.Distinct().Count() < next)
        {
            seen.Add(BitConverter.ToInt32((await reader.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline)).Payload.Span));
        }

        Assert.Equal(Enumerable.Range(0, next), seen.Distinct());
        Assert.True(qos == 1 || seen.Count == next, "QoS 2 is exactly once.");
    }

    [Fact]
    public async Task Properties_AllOfThem_ComeThrough()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        await using var client = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, new() { ClientId = "a" });
        Assert.Equal([MqttReasonCode.GrantedQos1, MqttReasonCode.GrantedQos1], await client.SubscribeAsync([new("a/#", 1), new("b/#", 1)], subscriptionId: 300));

        await client.PublishAsync(new MqttPublication("a/b", "hello"u8.ToArray())
        {
            Qos = 1,
            ContentType = "text/plain",
            ResponseTopic = "answer/here",
            CorrelationData = [1, 2, 3],
            MessageExpiry = TimeSpan.FromSeconds(100),
            IsText = true,
            UserProperties = [new("site", "chu"), new("site", "other")],
        });

        var message = await client.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline);
        Assert.Equal(("text/plain", "answer/here"), (message.ContentType, message.ResponseTopic));
        Assert.Equal([1, 2, 3], message.CorrelationData);
        Assert.Equal([300u], message.SubscriptionIdentifiers);
        Assert.Equal([new("site", "chu"), new("site", "other")], message.UserProperties);
        Assert.InRange(message.MessageExpiry!.Value.TotalSeconds, 90, 100);
    }

    [Fact]
    public async Task SharedSubscription_TwoMembers_EachMessageGoesToOne()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        await using var one = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, new() { ClientId = "1" });
        await using var two = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, new() { ClientId = "2" });
        await one.SubscribeAsync("$share/ward/t", 1);
        await two.SubscribeAsync("$share/ward/t", 1);

        for (var i = 0; i < 20; i++)
        {
            await one.PublishAsync("t", default, qos: 1);
        }

        await Until.HoldsAsync(() => one.Messages.Count + two.Messages.Count == 20, "twenty messages in all");
        Assert.True(one.Messages.Count > 0 && two.Messages.Count > 0);
    }

    [Fact]
    public async Task Will_WithDelay_ComesOnlyIfTheClientStaysAway()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        await using var watcher = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, new() { ClientId = "watcher" });
        await watcher.SubscribeAsync("will", 1);
        var options = new MqttClientOptions
        {
            ClientId = "a",
            SessionExpiry = TimeSpan.FromSeconds(60),
            Will = new() { Topic = "will", Payload = "gone"u8.ToArray(), Delay = TimeSpan.FromSeconds(1), ContentType = "text/plain" },
        };
        var client = await MqttClient.ConnectAsync("127.0.0.1", broker.Port, options);

        var watch = Stopwatch.StartNew();
        await client.DisposeAsync();
        var message = await watcher.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline);

        Assert.Equal("text/plain", message.ContentType);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.5), $"The Will came after {watch.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
    }

    [Fact]
    public async Task WebSocket_PublishAndSubscribe_Works()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync("listener {other} 127.0.0.1", "protocol websockets");
        Assert.True(MqttServerAddress.TryParse(new Uri($"ws://127.0.0.1:{broker.OtherPort}"), out var address));
        await using var client = await MqttClient.ConnectAsync(address, new() { ClientId = "a" });
        await client.SubscribeAsync("t", 1);

        await client.PublishAsync("t", new byte[100_000], qos: 1);

        Assert.Equal(100_000, (await client.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline)).Payload.Length);
        await client.DisconnectAsync();
        Assert.Equal(MqttReasonCode.Success, (await client.Closed).Reason);
    }

    /// <summary>The server, or we, may close while the other says good-bye: whatever that throws must be known as the connection's end.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WebSocket_ClosedUnderACall_IsAFaultThatTheWireKnows(bool reset)
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync("listener {other} 127.0.0.1", "protocol websockets");
        Assert.True(MqttServerAddress.TryParse(new Uri($"ws://127.0.0.1:{broker.OtherPort}"), out var address));
        var wire = await ClientWire.OpenAsync(address, tls: null, TestContext.Current.CancellationToken);
        var reading = wire.ReceiveAsync(new byte[16]).AsTask();

        wire.Close(reset);

        foreach (var call in (Func<Task>[])[() => reading, () => wire.SendAsync(new byte[16]).AsTask(), () => wire.EndSendingAsync().AsTask()])
        {
            var thrown = await Record.ExceptionAsync(call);
            Assert.True(thrown is null || ClientWire.IsFault(thrown), $"{thrown}");
        }
    }

    [Fact]
    public async Task Tls_AuthorityOrThumbprintWithClientCertificate_LetsInAndOthersNot()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        var folder = Directory.CreateTempSubdirectory("fieldnet-tls-");
        using var authority = Authority();
        using var server = Issue(authority, "localhost");
        using var bedside = Issue(authority, "bed-01");
        Write("ca.pem", authority.ExportCertificatePem());
        Write("server.pem", server.ExportCertificatePem());
        Write("server.key", server.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var broker = await Mosquitto.StartAsync(
            "listener {other} 127.0.0.1", $"cafile {Name("ca.pem")}", $"certfile {Name("server.pem")}", $"keyfile {Name("server.key")}", "require_certificate true");
        Assert.True(MqttServerAddress.TryParse(new Uri($"mqtts://localhost:{broker.OtherPort}"), out var address));

        MqttTlsOptions[] trusting =
        [
            new() { Authorities = [authority], ClientCertificate = bedside },
            new() { ServerThumbprint = server.GetCertHashString(HashAlgorithmName.SHA256), ClientCertificate = bedside },
        ];
        foreach (var tls in trusting)
        {
            await using var client = await MqttClient.ConnectAsync(address, new() { ClientId = "a", Tls = tls });
            Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await client.PublishAsync("t", new byte[50_000], qos: 1));
            await client.DisconnectAsync();
        }

        MqttTlsOptions[] mistrusting =
        [
            new() { ClientCertificate = bedside },
            new() { ServerThumbprint = bedside.GetCertHashString(HashAlgorithmName.SHA256), ClientCertificate = bedside },
            new() { Authorities = [authority] },
        ];
        foreach (var tls in mistrusting)
        {
            await Assert.ThrowsAsync<MqttClientException>(() => MqttClient.ConnectAsync(address, new() { ClientId = "a", Tls = tls }));
        }

        folder.Delete(recursive: true);

        string Name(string file) => Path.Combine(folder.FullName, file);

        void Write(string file, string pem) => File.WriteAllText(Name(file), pem);
    }

    private static X509Certificate2 Authority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
