using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Tests.Endpoint;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>A well-behaved publisher and its subscriber, who must not notice what others do.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private readonly CancellationTokenSource _enough = new();
    private readonly MqttClient _publisher;
    private readonly MqttClient _subscriber;
    private Task<int> _publishing = Task.FromResult(0);

    private Neighbour(MqttClient publisher, MqttClient subscriber)
    {
        _publisher = publisher;
        _subscriber = subscriber;
    }

    public static async Task<Neighbour> StartAsync(EndpointHost host)
    {
        var subscriber = await host.ConnectAsync("neighbour-subscriber");
        await subscriber.SubscribeAsync("neighbour", 1);
        var neighbour = new Neighbour(await host.ConnectAsync("neighbour-publisher"), subscriber);
        neighbour._publishing = Task.Run(neighbour.PublishAsync);
        return neighbour;
    }

    /// <summary>Every message was acknowledged, and every one has arrived once and in order.</summary>
    public async Task AssertUntouchedAsync()
    {
        await _enough.CancelAsync();
        var published = await _publishing;
        Assert.True(published > 0);
        using var patience = new CancellationTokenSource(Until.Deadline);
        for (var i = 0; i < published; i++)
        {
            var message = await _subscriber.Messages.ReadAsync(patience.Token);
            Assert.Equal(i, BitConverter.ToInt32(message.Payload.Span));
            _subscriber.Acknowledge(message.PacketId);
        }

        Assert.False(_subscriber.Messages.TryRead(out _));
        Assert.False(_publisher.Closed.IsCompleted || _subscriber.Closed.IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _publisher.DisposeAsync();
        await _subscriber.DisposeAsync();
        _enough.Dispose();
    }

    /// <returns>How many were acknowledged.</returns>
    private async Task<int> PublishAsync()
    {
        var count = 0;
        // No more than the subscriber's channel and outbox hold: they are read at the end.
        for (; !_enough.IsCancellationRequested && count < 1_000; count++)
        {
            await _publisher.PublishAsync("neighbour", BitConverter.GetBytes(count), qos: 1);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return count;
    }
}
