using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Client;

/// <summary>The connection that comes back for ever, against a server that a test scripts; time stands still unless the test moves it.</summary>
public sealed class MqttLinkTests : IMqttLinkUser, IDisposable
{
    private readonly RawServer _server = new();
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _heard = [];

    [Fact]
    public async Task RunAsync_SessionPresent_SubscribesOnceAndAgainWhenTheServerForgot()
    {
        var running = Run();
        await _server.AcceptAsync(0, 0, 0);
        Assert.Equal("82", (await _server.ReadAsync())[..2]);
        await _server.SendAsync(0x90, 4, 0x80, 0, 0, 1);
        await HeardAsync("subscribed GrantedQos1");
        _server.Cut();
        await HeardAsync("ended");

        // Its session stands: nothing to subscribe. A ping shows that nothing else was sent.
        await ReconnectAsync(1, 0, 0);
        await HeardAsync("connected", times: 2);
        await AdvanceUntilAsync("C0 ");
        _server.Cut();
        await HeardAsync("ended", times: 2);

        await ReconnectAsync(0, 0, 0);
        Assert.Equal("82", (await _server.ReadAsync())[..2]);
        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_ServerRefuses_TriesAgainForEver()
    {
        var running = Run();
        for (var i = 1; i <= 5; i++)
        {
            await ReconnectAsync(0, 0x88, 0);
            await HeardAsync("failed ServerUnavailable", times: i);
        }

        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_ServerKnowsNoMqtt5_IsSpokenToIn311()
    {
        var running = Run();
        await _server.AcceptAsync(0, 1);
        await HeardAsync("failed UnsupportedProtocolVersion");

        await ReconnectAsync(0, 0);

        await HeardAsync("connected");
        // No property length behind the identifier.
        Assert.Equal("82 8000000" + "17401", await _server.ReadAsync());
        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_ToldToStop_TakesLeave()
    {
        var running = Run();
        await _server.AcceptAsync(0, 0, 0);
        await HeardAsync("connected");

        var stopping = _stopping.CancelAsync();
        while ((await _server.ReadAsync())[..2] != "E0")
        {
        }

        _server.Cut();
        await stopping;
        await running.WaitAsync(Until.Deadline);
        await HeardAsync("ended");
    }

    IMqttReceiver IMqttLinkUser.Receiver() => new MessageQueue(16);

    void IMqttLinkUser.Connected() => Note("connected");

    ValueTask IMqttLinkUser.FailedAsync(IMqttReceiver receiver, MqttClientException why) => NoteAsync($"failed {why.Reason}");

    ValueTask IMqttLinkUser.EndedAsync(IMqttReceiver receiver, MqttClientClosed why) => NoteAsync("ended");

    void IMqttLinkUser.Subscribed(string filter, MqttReasonCode reason) => Note($"subscribed {reason}");

    public void Dispose()
    {
        _server.Dispose();
        _stopping.Dispose();
    }

    private Task Run()
    {
        Assert.True(MqttServerAddress.TryParse(new Uri($"mqtt://127.0.0.1:{_server.Port}"), out var address));
        var options = new MqttLinkOptions
        {
            Server = address,
            Client = new() { ClientId = "a", CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), KeepAlive = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromHours(1) },
            Subscriptions = [new("t", 1)],
        };
        return new MqttLink(options, this, _time, () => 0.99).RunAsync(_stopping.Token);
    }

    /// <summary>Moves time past the wait, whatever it is, and lets the link in.</summary>
    private async Task ReconnectAsync(params byte[] connAck)
    {
        var accepting = _server.AcceptAsync(connAck);
        await Until.HoldsAsync(
            () =>
            {
                _time.Advance(accepting.IsCompleted ? TimeSpan.Zero : TimeSpan.FromSeconds(1));
                return accepting.IsCompleted;
            },
            "the next try");
        await accepting;
    }

    private async Task AdvanceUntilAsync(string packet)
    {
        var reading = _server.ReadAsync();
        await Until.HoldsAsync(
            () =>
            {
                _time.Advance(reading.IsCompleted ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100));
                return reading.IsCompleted;
            },
            packet);
        Assert.Equal(packet, await reading);
    }

    private async Task StopAsync(Task running)
    {
        var stopping = _stopping.CancelAsync();
        _server.Cut();
        await stopping;
        await running.WaitAsync(Until.Deadline);
    }

    private void Note(string what)
    {
        lock (_heard)
        {
            _heard.Add(what);
        }
    }

    private ValueTask NoteAsync(string what)
    {
        Note(what);
        return ValueTask.CompletedTask;
    }

    private Task HeardAsync(string what, int times = 1) => Until.HoldsAsync(
        () =>
        {
            lock (_heard)
            {
                return _heard.Count(each => each == what) >= times;
            }
        },
        $"{what} ({times})");
}
