using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Client;

public sealed class MqttClientTests
{
    [Fact]
    public async Task TryPublish_WindowFull_IsFalseUntilAcknowledged()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { ReceiveMaximum = 8 });
        host.Ingress.HoldCommits();
        var acknowledged = new ConcurrentQueue<ulong>();
        await using var client = await MqttClient.ConnectAsync("127.0.0.1", host.Port, new MqttClientOptions
        {
            ClientId = "a",
            Acknowledged = (token, reason) => acknowledged.Enqueue(reason == MqttReasonCode.NoMatchingSubscribers ? token : 0),
        });

        for (ulong token = 1; token <= 8; token++)
        {
            Assert.True(client.TryPublish("t"u8, "x"u8, qos: 1, token: token));
        }

        Assert.False(client.TryPublish("t"u8, "x"u8, qos: 1));
        Assert.True(client.TryPublish("t"u8, "x"u8, qos: 0));
        Assert.Equal(8, client.InFlight);
        var room = client.WaitForRoomAsync().AsTask();
        Assert.False(room.IsCompleted);
        host.Ingress.Commit();

        await room.WaitAsync(Until.Deadline);
        await Until.HoldsAsync(() => acknowledged.Count == 8, "eight acknowledgements");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], acknowledged.ToArray());
        Assert.True(client.TryPublish("t"u8, "x"u8, qos: 1));
    }

    [Fact]
    public async Task TryPublish_PendingBytesFull_IsFalse()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var connecting = MqttClient.ConnectAsync("127.0.0.1", ((IPEndPoint)deaf.LocalEndpoint).Port, new MqttClientOptions { ClientId = "a", MaxPendingBytes = 100_000 });
        using var accepted = await deaf.AcceptSocketAsync();
        await accepted.SendAsync(new byte[] { 0x20, 3, 0, 0, 0 });
        await using var client = await connecting;

        var watch = Stopwatch.StartNew();
        while (client.TryPublish("t"u8, new byte[50_000]))
        {
            Assert.True(watch.Elapsed < Until.Deadline, "The bytes pending have no bound.");
        }
    }

    [Fact]
    public async Task PublishAsync_ManyAtOnce_AllAcknowledgedAndRecordedInOrder()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var client = await host.ConnectAsync("a");

        var all = Enumerable.Range(0, 5000).Select(i => client.PublishAsync("t", BitConverter.GetBytes(i), qos: 1)).ToList();

        Assert.All(await Task.WhenAll(all).WaitAsync(Until.Deadline), reason => Assert.Equal(MqttReasonCode.NoMatchingSubscribers, reason));
        Assert.Equal(5000, host.Ingress.Records.Where(r => r.Kind == RecordKind.Publish).Select(r => BitConverter.ToInt32(r.Payload)).Distinct().Count());
        Assert.Equal(0, client.InFlight);
    }

    [Fact]
    public async Task PublishAsync_ServerGone_ThrowsWithTheReason()
    {
        var host = await EndpointHost.StartAsync();
        host.Ingress.HoldCommits();
        await using var client = await host.ConnectAsync("a");
        var waiting = client.PublishAsync("t", default, qos: 1);

        await host.DisposeAsync();

        var error = await Assert.ThrowsAsync<MqttClientException>(() => waiting);
        Assert.Equal((MqttReasonCode.ServerShuttingDown, true), (error.Reason, error.IsRemote));
        await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("t", default, qos: 1));
        Assert.False(client.TryPublish("t"u8, default));
        await client.Messages.Completion.WaitAsync(Until.Deadline);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_ThrowsUnavailable()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var number = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();

        var error = await Assert.ThrowsAsync<MqttClientException>(() => MqttClient.ConnectAsync("127.0.0.1", number, new MqttClientOptions()));

        Assert.Equal((MqttReasonCode.ServerUnavailable, false), (error.Reason, error.IsRemote));
    }

    [Fact]
    public async Task ConnectAsync_NoAnswer_ThrowsInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var error = await Assert.ThrowsAsync<MqttClientException>(() => MqttClient.ConnectAsync(
            "127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, new MqttClientOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) }));

        Assert.False(error.IsRemote);
    }

    [Fact]
    public async Task ConnectAsync_Refused_ThrowsTheServersReason()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { MaxClientIdBytes = 3 });

        var error = await Assert.ThrowsAsync<MqttClientException>(() => host.ConnectAsync("long"));

        Assert.Equal((MqttReasonCode.ClientIdentifierNotValid, true), (error.Reason, error.IsRemote));
    }

    [Fact]
    public async Task KeepAlive_QuietClient_PingsAndGivesUpOnADeadServer()
    {
        var time = new ManualTime();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connecting = MqttClient.ConnectAsync(
            "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, new MqttClientOptions { ClientId = "a", KeepAlive = TimeSpan.FromSeconds(10) }, time);
        using var server = await listener.AcceptSocketAsync();
        await server.SendAsync(new byte[] { 0x20, 3, 0, 0, 0 });
        await using var client = await connecting;

        time.Advance(TimeSpan.FromSeconds(11));
        var buffer = new byte[1000];
        var received = "";
        while (!received.Contains("C000", StringComparison.Ordinal))
        {
            received += Convert.ToHexString(buffer, 0, await server.ReceiveAsync(buffer));
        }

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(MqttReasonCode.KeepAliveTimeout, (await client.Closed.WaitAsync(Until.Deadline)).Reason);
    }

    [Fact]
    public async Task DisconnectAsync_WithQueuedMessages_SendsThemFirst()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var client = await host.ConnectAsync("a");
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(client.TryPublish("t"u8, "x"u8));
        }

        await client.DisconnectAsync();

        Assert.Equal((MqttReasonCode.Success, false), ((await client.Closed).Reason, (await client.Closed).IsRemote));
        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        Assert.Equal(1000, host.Ingress.Records.Count(r => r.Kind == RecordKind.Publish));
    }

    [Fact]
    public async Task Messages_NotRead_StopsReadingAndLosesNothing()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var slow = await MqttClient.ConnectAsync("127.0.0.1", host.Port, new MqttClientOptions { ClientId = "slow", MaxReceivedMessages = 2 });
        await slow.SubscribeAsync("t", qos: 1);
        await using var publisher = await host.ConnectAsync("pub");

        for (var i = 0; i < 100; i++)
        {
            await publisher.PublishAsync("t", BitConverter.GetBytes(i), qos: 1);
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await slow.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline)).Payload.Span));
        }
    }

    [Fact]
    public async Task TryPublish_Steady_AllocatesNothing()
    {
        await using var host = await EndpointHost.StartAsync();
        host.Ingress.HoldCommits();
        await using var client = await host.ConnectAsync("a");
        var payload = new byte[128];
        client.TryPublish("t"u8, payload, contentType: "application/x-protobuf"u8);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            client.TryPublish("t"u8, payload, qos: 1, contentType: "application/x-protobuf"u8);
        }

        // The pending buffers grow to their working size once.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16_384);
    }
}
