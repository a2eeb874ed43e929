using System.Diagnostics;

namespace FieldNet.EndToEnd.Tests.Hostile;

/// <summary>Peers that don't read, don't answer, don't finish or don't stop: the agent's memory is bounded, and the bedsides go on.</summary>
/// <remarks>Figures: resident memory of the real agent's process; a Release build's are lower.</remarks>
public sealed class BoundedMemoryTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;

    /// <summary>Well under the 312 MiB that are sent to a subscriber who does not take them.</summary>
    private const int FloodLimit = 144 * MiB;

    [Fact]
    public async Task HalfOpen_TenThousandConnections_AreBoundedAndEndInTime()
    {
        const int connections = 10_000;
        await using var site = await Site.StartAsync(output);
        List<HostilePeer> peers = [];
        var started = Stopwatch.GetTimestamp();
        byte[] half = HostilePeer.Connect("never finished")[..10];
        for (var i = 0; i < connections; i++)
        {
            // From several addresses: one alone may not have so many.
            peers.Add(await HostilePeer.OpenAsync(site.Port, host: 10 + (i / 2_500)));
            await peers[^1].SendAsync(half);
        }

        var delay = await site.PublishAsync();
        output.WriteLine($"{connections:N0} half-open in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s; a bedside's message took {delay.TotalMilliseconds:F0} ms");
        site.AssertGrowthUnder(160 * MiB);
        await site.CountsAsync("fieldnet_refused_total{reason=\"connect_timeout\"}", connections, TimeSpan.FromSeconds(40));
        Assert.True(await peers[0].EndsAsync(TimeSpan.FromSeconds(5)) && await peers[^1].EndsAsync(TimeSpan.FromSeconds(5)));
        await site.PublishAsync();
        peers.ForEach(peer => peer.Dispose());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SlowReader_SubscribedToAFlood_IsBoundedAndHoldsUpNobody(byte qos)
    {
        await using var site = await Site.StartAsync(output);
        using var reader = await HostilePeer.OpenAsync(site.Port);
        await reader.SubscribeAsync("slow-reader", "flood/#", qos);
        await site.FloodAsync("flood/a", messages: 40_000, payloadBytes: 8 * 1024, qos: Math.Min(qos, (byte)1));

        await site.PublishAsync();

        site.AssertGrowthUnder(FloodLimit);
        await site.CountsAtLeastAsync("fieldnet_mqtt_dropped_total", 10_000, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ClientThatNeverAcknowledges_IsBoundedAndHoldsUpNobody(byte qos)
    {
        await using var site = await Site.StartAsync(output);
        using var reader = await HostilePeer.OpenAsync(site.Port);
        await reader.SubscribeAsync("never-acks", "flood/#", qos);
        var reading = reader.EndsAsync(TimeSpan.FromMinutes(2));

        await site.FloodAsync("flood/a", messages: 80_000, payloadBytes: 4 * 1024, qos: 1);

        await site.PublishAsync();
        site.AssertGrowthUnder(FloodLimit);
        await site.CountsAtLeastAsync("fieldnet_mqtt_dropped_total", 10_000, TimeSpan.FromSeconds(20));
        Assert.False(reading.IsCompleted);
        reader.Dispose();
        await reading;
    }

    [Fact]
    public async Task Flood_OfOneConnection_AddsUnder50MsToAnothersMessages()
    {
        await using var site = await Site.StartAsync(output);
        var quiet = await site.MedianDelayAsync(60);
        using var flooder = await HostilePeer.OpenAsync(site.Port);
        await flooder.SendAsync(HostilePeer.Connect("flooder"));
        await flooder.ReadAsync(4);
        using var enough = new CancellationTokenSource();
        var flooding = FloodAsync(flooder, enough.Token);

        var flooded = await site.MedianDelayAsync(60);

        await enough.CancelAsync();
        var sent = await flooding;
        output.WriteLine($"a message is durable in {quiet.TotalMilliseconds:F1} ms, beside a flood of {sent:N0} messages in {flooded.TotalMilliseconds:F1} ms (medians)");
        site.AssertGrowthUnder(FloodLimit);
        Assert.InRange(flooded - quiet, TimeSpan.FromSeconds(-1), TimeSpan.FromMilliseconds(50));
    }

    private static async Task<int> FloodAsync(HostilePeer flooder, CancellationToken enough)
    {
        var batch = Enumerable.Repeat(HostilePeer.Publish("flood/b", 256), 200).SelectMany(packet => packet).ToArray();
        var sent = 0;
        for (; !enough.IsCancellationRequested; sent += 200)
        {
            await flooder.SendAsync(batch);
        }

        return sent;
    }
}
