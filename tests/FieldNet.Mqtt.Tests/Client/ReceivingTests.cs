using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Client;

/// <summary>Acknowledgement by the user, limits and aliases, on the wire.</summary>
public sealed class ReceivingTests : IDisposable
{
    private readonly RawServer _server = new();

    [Fact]
    public async Task Acknowledge_OutOfOrder_AnswersLeaveInOrderOfArrival()
    {
        await using var client = await _server.AcceptAsync(new() { ClientId = "a", ManualAcknowledge = true }, connAck: [0, 0, 0]);
        await _server.SendAsync([.. Publish(1), .. Publish(2), .. Publish(3, qos: 2)]);
        await Until.HoldsAsync(() => client.Messages.Count == 3, "three messages");

        Assert.True(client.Acknowledge(3));
        Assert.True(client.Acknowledge(2));
        Assert.True(client.Acknowledge(1));

        Assert.Equal("40 0001", await _server.ReadAsync());
        Assert.Equal("40 0002", await _server.ReadAsync());
        Assert.Equal("50 0003", await _server.ReadAsync());
        Assert.False(client.Acknowledge(1));
    }

    [Fact]
    public async Task Receive_MoreThanOurReceiveMaximum_IsReadNoFurtherUntilSomethingIsAcknowledged()
    {
        await using var client = await _server.AcceptAsync(new() { ClientId = "a", ManualAcknowledge = true, ReceiveMaximum = 2 }, connAck: [0, 0, 0]);

        await _server.SendAsync([.. Publish(1), .. Publish(2), .. Publish(3)]);

        await Until.HoldsAsync(() => client.Messages.Count == 2, "two messages");
        client.Acknowledge(1);
        Assert.Equal("40 0001", await _server.ReadAsync());
        await Until.HoldsAsync(() => client.Messages.Count == 3, "the third message");
        Assert.False(client.Closed.IsCompleted);
    }

    [Fact]
    public async Task Receive_TopicAlias_IsResolvedAndForgottenWithTheConnection()
    {
        await using var client = await _server.AcceptAsync(new() { ClientId = "a", TopicAliasMaximum = 2 }, connAck: [0, 0, 0]);

        await _server.SendAsync(0x30, 8, 0, 1, (byte)'t', 3, 0x23, 0, 2, (byte)'x', 0x30, 7, 0, 0, 3, 0x23, 0, 2, (byte)'y');

        Assert.Equal(("t", "x"), await NextAsync(client));
        Assert.Equal(("t", "y"), await NextAsync(client));
        await _server.SendAsync(0x30, 7, 0, 0, 3, 0x23, 0, 3, (byte)'z');
        Assert.Equal("E0 94", await _server.ReadAsync());
    }

    [Fact]
    public async Task TryPublish_TopicAliasMaximumOfServer_IsUsedAndKept()
    {
        await using var client = await _server.AcceptAsync(new() { ClientId = "a" }, connAck: [0, 0, 3, 0x22, 0, 1]);

        foreach (var topic in (string[])["long/topic", "long/topic", "other/topic"])
        {
            Assert.True(client.TryPublish(System.Text.Encoding.UTF8.GetBytes(topic), "x"u8));
        }

        Assert.Equal("30 000A6C6F6E672F746F7069630323000178", await _server.ReadAsync());
        Assert.Equal("30 00000323000178", await _server.ReadAsync());
        Assert.Equal("30 000B6F746865722F746F7069630078", await _server.ReadAsync());
    }

    [Fact]
    public async Task TryPublish_BeyondTheServersLimits_ThrowsAtOnce()
    {
        // Maximum QoS 1, no retained messages, packets up to 40 bytes.
        await using var client = await _server.AcceptAsync(new() { ClientId = "a" }, connAck: [0, 0, 9, 0x24, 1, 0x25, 0, 0x27, 0, 0, 0, 40]);

        Assert.Throws<ArgumentException>(() => client.TryPublish("t"u8, default, qos: 2));
        Assert.Throws<ArgumentException>(() => client.TryPublish("t"u8, default, retain: true));
        Assert.Throws<ArgumentException>(() => client.TryPublish("t"u8, new byte[40]));
        Assert.True(client.TryPublish("t"u8, new byte[20], qos: 1));
    }

    [Fact]
    public async Task ConnectAsync_ServerThatKnowsNoMqtt5_SaysSo()
    {
        var connecting = MqttClient.ConnectAsync("127.0.0.1", _server.Port, new() { ClientId = "a" });
        await _server.AcceptAsync(0, 1);

        var error = await Assert.ThrowsAsync<MqttClientException>(() => connecting);
        Assert.Equal((MqttReasonCode.UnsupportedProtocolVersion, true), (error.Reason, error.IsRemote));
    }

    [Fact]
    public async Task KeepAlive_WhileNobodyReadsTheMessages_TheServerIsNotCalledDead()
    {
        var time = new ManualTime();
        await using var client = await _server.AcceptAsync(new() { ClientId = "a", KeepAlive = TimeSpan.FromSeconds(10), MaxReceivedMessages = 1 }, time, 0, 0, 0);
        await _server.SendAsync([.. Publish(1), .. Publish(2)]);
        Assert.Equal("40 0001", await _server.ReadAsync());

        // The first is acknowledged a moment before the second finds no room.
        Assert.True(SpinWait.SpinUntil(() => !client.IsReading, TimeSpan.FromSeconds(10)));
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.False(client.Closed.IsCompleted);
        await client.Messages.ReadAsync();
        string packet;
        while ((packet = await _server.ReadAsync()) == "C0 ")
        {
        }

        Assert.Equal("40 0002", packet);
    }

    public void Dispose() => _server.Dispose();

    private static byte[] Publish(byte packetId, int qos = 1) => [(byte)(0x30 | (qos << 1)), 7, 0, 1, (byte)'t', 0, packetId, 0, (byte)'x'];

    private static async Task<(string, string)> NextAsync(MqttClient client)
    {
        var message = await client.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline);
        return (message.Topic, System.Text.Encoding.UTF8.GetString(message.Payload.Span));
    }
}
