using System.Diagnostics;
using System.Globalization;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.Hostile;

/// <summary>A real agent with one well-behaved bedside, and what can be seen of the agent from outside.</summary>
internal sealed class Site : IAsyncDisposable
{
    private const string Topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";
    private static readonly byte[] Vitals = """{"numerics":[{"signal":"MDC_PULS_OXIM_SAT_O2","value":97}]}"""u8.ToArray();

    private readonly DataFolder _data;
    private readonly AgentProcess _agent;
    private readonly MqttClient _bedside;
    private readonly HttpClient _http;
    private readonly ITestOutputHelper _output;
    private readonly long _residentBefore;

    private Site(DataFolder data, AgentProcess agent, MqttClient bedside, ITestOutputHelper output)
    {
        _data = data;
        _agent = agent;
        _bedside = bedside;
        _output = output;
        _http = new HttpClient { BaseAddress = agent.Http };
        _residentBefore = ResidentBytes();
    }

    public int Port => _agent.Mqtt.Port;

    public static async Task<Site> StartAsync(ITestOutputHelper output)
    {
        var data = new DataFolder();
        var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        var bedside = await ConnectAsync(agent, "bed-03");
        // Warm: the first messages make the agent load what it runs on.
        for (var i = 0; i < 50; i++)
        {
            await bedside.PublishAsync(Topic, Vitals, qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        }

        return new Site(data, agent, bedside, output);
    }

    /// <summary>The bedside publishes at QoS 1.</summary>
    /// <returns>How long until it was acknowledged, and so durable and through the ward.</returns>
    public async Task<TimeSpan> PublishAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var reason = await _bedside.PublishAsync(Topic, Vitals, qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True((int)reason < 0x80);
        return Stopwatch.GetElapsedTime(started);
    }

    public async Task<TimeSpan> MedianDelayAsync(int messages)
    {
        List<TimeSpan> delays = [];
        for (var i = 0; i < messages; i++)
        {
            delays.Add(await PublishAsync());
        }

        delays.Sort();
        return delays[messages / 2];
    }

    /// <summary>A publisher that keeps to the rules sends as fast as it can.</summary>
    public async Task FloodAsync(string topic, int messages, int payloadBytes, byte qos)
    {
        await using var publisher = await ConnectAsync(_agent, "flooding-publisher");
        var payload = new byte[payloadBytes];
        for (var i = 0; i < messages;)
        {
            if (publisher.TryPublish(System.Text.Encoding.UTF8.GetBytes(topic), payload, qos))
            {
                i++;
                continue;
            }

            await publisher.WaitForRoomAsync(TestContext.Current.CancellationToken);
            Assert.False(publisher.Closed.IsCompleted);
        }

        await publisher.PublishAsync(topic, payload, qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        await publisher.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    public void AssertGrowthUnder(long bytes)
    {
        var growth = ResidentBytes() - _residentBefore;
        _output.WriteLine($"resident memory {_residentBefore / 1048576} MiB, {growth / 1048576} MiB more now");
        Assert.InRange(growth, long.MinValue, bytes);
    }

    public Task CountsAsync(string metric, long exactly, TimeSpan within) => CountsAsync(metric, count => count == exactly, within);

    public Task CountsAtLeastAsync(string metric, long least, TimeSpan within) => CountsAsync(metric, count => count >= least, within);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _bedside.DisposeAsync();
        await _agent.DisposeAsync();
        _data.Dispose();
    }

    private static Task<MqttClient> ConnectAsync(AgentProcess agent, string clientId) => MqttClient.ConnectAsync(
        "127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = clientId }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task CountsAsync(string metric, Predicate<long> isReached, TimeSpan within) => await WallPage.UntilAsync(
        async () => isReached((await _http.GetStringAsync("/metrics", TestContext.Current.CancellationToken))
            .Split('\n')
            .Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))),
        within, metric);

    private long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{_agent.Id}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
