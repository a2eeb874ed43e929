using System.Diagnostics;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Conformance;
using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.TestKit;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>Whatever bytes come, the endpoint lives within its memory and nobody else notices.</summary>
/// <remarks><c>FIELDNET_SOAK</c> makes it ten million mutated packets, for twenty minutes at most.</remarks>
[Collection(nameof(MeasuredAlone))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int UsualPackets = 150_000;
    private const int SoakPackets = 10_000_000;
    private const int MostPacketsAConnection = 200;
    private const long MaxGrowthBytes = 96 * 1024 * 1024;

    /// <summary>Small enough that the run fills every one of them.</summary>
    private static readonly MqttEndpointOptions Limits = new()
    {
        MaxSessions = 500,
        MaxSubscriptions = 2_000,
        MaxRetainedMessages = 500,
        MaxRetainedBytes = 1024 * 1024,
        MaxQueuedMessages = 1_100,
        MaxQueuedBytes = 256 * 1024,
        MaxPublishRate = 0,
    };

    [Fact]
    public async Task Endpoint_MutatedPackets_LivesWithinItsMemoryAndTheNeighboursNoticeNothing()
    {
        const int seed = 20261122;
        var isSoak = Environment.GetEnvironmentVariable("FIELDNET_SOAK") is { Length: > 0 };
        var packets = isSoak ? SoakPackets : UsualPackets;
        var watch = Stopwatch.StartNew();
        await using var host = await EndpointHost.StartAsync(Limits);
        host.Ingress.IsForgetful = true;
        await using var neighbour = await Neighbour.StartAsync(host);
        var mutator = new PacketMutator(seed);
        Feed(host, mutator, 20_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var fed = 0;
        for (; fed < packets && watch.Elapsed < TimeSpan.FromMinutes(isSoak ? 20 : 1); fed += 10_000)
        {
            Feed(host, mutator, 10_000);
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"seed {seed}: {fed:N0} packets in {watch.Elapsed.TotalSeconds:F0} s, {host.Ingress.RefusalCount:N0} refusals, memory {growth / 1024:N0} KiB more");
        Assert.InRange(growth, long.MinValue, MaxGrowthBytes);
        await neighbour.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Endpoint_FilesOfAPublicFuzzer_AreTakenOrRefused()
    {
        Assert.SkipUnless(SharedData.Find("mqtt/fuzz") is not null, SharedData.Absent);
        await using var host = await EndpointHost.StartAsync();
        await using var neighbour = await Neighbour.StartAsync(host);
        var files = 0;

        foreach (var bytes in PacketMutator.SharedFiles())
        {
            using var first = await host.OpenAsync();
            await first.SendAsync(bytes);
            using var connected = await host.OpenAsync();
            await connected.SendAsync([.. Wire.Connect(Wire.V5, $"file-{files++}"), .. bytes]);
            using var byByte = await host.OpenAsync();
            foreach (var one in bytes)
            {
                await byByte.SendAsync(one);
            }

            Assert.True(await connected.TryReadAsync() is null or { Header: 0x20 });
            using var good = await host.OpenAsync();
            await good.ConnectAsync("good", MqttProtocolVersion.V5);
            await good.AssertQuietAsync();
        }

        Assert.True(files >= 16, $"{files} files");
        await neighbour.AssertUntouchedAsync();
    }

    private static void Feed(EndpointHost host, PacketMutator mutator, int packets)
    {
        for (var fed = 0; fed < packets;)
        {
            var connection = new MemoryTransport(host.Endpoint);
            var lives = !mutator.Chance(80) || connection.Feed(mutator.Chance(70) ? Wire.Connect(Wire.V5, $"fuzz-{fed % 50}", clean: mutator.Chance(50)) : Wire.Connect(Wire.V311, $"fuzz-{fed % 50}"));
            for (var i = 0; lives && i < MostPacketsAConnection; i++, fed++)
            {
                lives = connection.Feed(mutator.Next());
            }

            connection.Close();
        }
    }
}
