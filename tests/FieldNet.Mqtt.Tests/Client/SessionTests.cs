using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Client;

/// <summary>What a session carries from one connection to the next.</summary>
public sealed class SessionTests : IDisposable
{
    private static readonly byte[] Fresh = [0, 0, 0];
    private static readonly byte[] Resumed = [1, 0, 0];

    private readonly RawServer _server = new();
    private readonly MqttClientSession _session = new(maxInFlight: 8);
    private readonly List<ulong> _answered = [];

    [Fact]
    public async Task TryPublish_CutBeforeTheAnswers_SendsAgainInOrderWithDupAndTheSameIdentifiers()
    {
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        PublishThree(first, qos: 1);
        string[] sent = [await _server.ReadAsync(), await _server.ReadAsync(), await _server.ReadAsync()];
        await _server.SendAsync(0x40, 2, 0, 1);
        await Until.HoldsAsync(() => _answered.Count == 1, "the first answer");
        _server.Cut();
        await first.DisposeAsync();

        await using var second = await _server.AcceptAsync(Options(), connAck: Resumed);

        Assert.Equal($"3A{sent[1][2..]}", await _server.ReadAsync());
        Assert.Equal($"3A{sent[2][2..]}", await _server.ReadAsync());
        await _server.SendAsync(0x40, 2, 0, 2, 0x40, 2, 0, 3);
        await Until.HoldsAsync(() => _answered.Count == 3, "all answers");
        Assert.Equal([1, 2, 3], _answered);
        Assert.Equal(0, _session.InFlight);
    }

    [Fact]
    public async Task TryPublish_ServerForgotTheSession_SendsAgainAsNewMessages()
    {
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        PublishThree(first, qos: 1);
        var sent = await _server.ReadAsync();
        _server.Cut();
        await first.DisposeAsync();

        await using var second = await _server.AcceptAsync(Options(), connAck: Fresh);

        Assert.Equal(sent, await _server.ReadAsync());
    }

    [Fact]
    public async Task TryPublish_Qos2CutBehindPubRec_SendsOnlyTheRelease()
    {
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        Assert.True(first.TryPublish("t"u8, "x"u8, qos: 2, token: 1));
        Assert.StartsWith("34 ", await _server.ReadAsync(), StringComparison.Ordinal);
        await _server.SendAsync(0x50, 2, 0, 1);
        Assert.Equal("62 0001", await _server.ReadAsync());
        _server.Cut();
        await first.DisposeAsync();

        await using var second = await _server.AcceptAsync(Options(), connAck: Resumed);

        Assert.Equal("62 0001", await _server.ReadAsync());
        await _server.SendAsync(0x70, 2, 0, 1);
        await Until.HoldsAsync(() => _answered.Count == 1, "the last answer");
    }

    [Fact]
    public async Task TryPublish_LowerReceiveMaximumOnReturn_SendsTheRestAsAnswersCome()
    {
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        PublishThree(first, qos: 1);
        await _server.ReadAsync();
        _server.Cut();
        await first.DisposeAsync();

        // Receive Maximum 1.
        await using var second = await _server.AcceptAsync(Options(), connAck: [1, 0, 3, 0x21, 0, 1]);

        Assert.EndsWith("000100" + "31", await _server.ReadAsync(), StringComparison.Ordinal);
        Assert.False(second.TryPublish("t"u8, "x"u8, qos: 1), "New messages wait until what is owed is sent.");
        await _server.SendAsync(0x40, 2, 0, 1);
        Assert.EndsWith("000200" + "32", await _server.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_CutAndResumed_CompletesWithTheAnswerOfTheSecondConnection()
    {
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        var publishing = first.PublishAsync("t", "x"u8.ToArray(), qos: 1);
        await _server.ReadAsync();
        _server.Cut();
        await first.DisposeAsync();
        Assert.False(publishing.IsCompleted);

        await using var second = await _server.AcceptAsync(Options(), connAck: Resumed);
        await _server.ReadAsync();
        await _server.SendAsync(0x40, 2, 0, 1);

        Assert.Equal(MqttReasonCode.Success, await publishing.WaitAsync(Until.Deadline));
    }

    [Fact]
    public async Task Qos2Received_CutBehindPubRec_TakesTheMessageOnce()
    {
        byte[] publish = [0x34, 7, 0, 1, (byte)'t', 0, 9, 0, (byte)'x'];
        var first = await _server.AcceptAsync(Options(), connAck: Fresh);
        await _server.SendAsync(publish);
        Assert.Equal("50 0009", await _server.ReadAsync());
        Assert.Equal((byte)'x', (await first.Messages.ReadAsync()).Payload.ToArray().Single());
        _server.Cut();
        await first.DisposeAsync();

        await using var second = await _server.AcceptAsync(Options(), connAck: Resumed);
        publish[0] |= 0b1000;
        await _server.SendAsync(publish);
        Assert.Equal("50 0009", await _server.ReadAsync());
        await _server.SendAsync(0x62, 2, 0, 9);
        Assert.Equal("70 0009", await _server.ReadAsync());
        await _server.SendAsync(publish);
        Assert.Equal("50 0009", await _server.ReadAsync());

        // Only the last one is a message of its own: its identifier had been released.
        Assert.Equal(1, second.Messages.Count);
    }

    [Fact]
    public async Task Attach_SecondClientAtOnce_Throws()
    {
        await using var first = await _server.AcceptAsync(Options(), connAck: Fresh);

        var second = MqttClient.ConnectAsync("127.0.0.1", _server.Port, Options());

        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
    }

    public void Dispose()
    {
        _server.Dispose();
        _session.Dispose();
    }

    private static void PublishThree(MqttClient client, byte qos)
    {
        Assert.True(client.TryPublish("t"u8, "1"u8, qos, token: 1));
        Assert.True(client.TryPublish("t"u8, "2"u8, qos, token: 2));
        Assert.True(client.TryPublish("t"u8, "3"u8, qos, token: 3));
    }

    private MqttClientOptions Options() => new()
    {
        ClientId = "a",
        CleanStart = false,
        SessionExpiry = TimeSpan.FromHours(1),
        Session = _session,
        Acknowledged = (token, _) => _answered.Add(token),
    };
}
