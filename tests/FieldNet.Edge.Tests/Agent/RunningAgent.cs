using System.CommandLine;
using System.Diagnostics;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Verbs;
using FieldNet.Mqtt.Client;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.Agent;

/// <summary>A real agent on free loopback ports, and what it has logged and said so far.</summary>
/// <remarks>Lifetime: disposing stops it and removes its folder.</remarks>
internal sealed class RunningAgent : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _data;
    private bool _isStopped;

    private RunningAgent(string data, AgentHost host) => (_data, Host) = (data, host);

    public AgentHost Host { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningAgent> StartAsync(Func<AgentOptions, AgentOptions>? change = null)
    {
        var data = Directory.CreateTempSubdirectory("fieldnet-agent-").FullName;
        var options = new AgentOptions { Data = data };
        return new RunningAgent(data, await AgentHost.StartAsync(change?.Invoke(options) ?? options, TimeProvider.System, Cancellation));
    }

    /// <summary>A bed speaks once, so that its ward is there.</summary>
    public async Task SpeakAsync(string subject)
    {
        await using var bedside = await MqttClient.ConnectAsync("127.0.0.1", Host.Mqtt.Port, new MqttClientOptions(), cancellationToken: Cancellation);
        await bedside.PublishAsync($"fieldnet/v1/{subject}/vitals", """{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":70}]}"""u8.ToArray(), qos: 1, cancellationToken: Cancellation);
    }

    /// <summary>Payloads of the records of a kind, so far.</summary>
    public List<string> Records(RecordKind kind)
    {
        var payloads = new List<string>();
        using var reader = LogReader.Open(_data, new TopicTable());
        while (reader.TryRead(out var record))
        {
            if (record.Kind == kind)
            {
                payloads.Add(Encoding.UTF8.GetString(record.Payload));
            }
        }

        return payloads;
    }

    /// <summary>Lines of the events, so far.</summary>
    public string[] Events()
    {
        using var file = new StreamReader(new FileStream(Path.Combine(_data, "events.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Host.StopAsync();
            await Host.DisposeAsync();
        }
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"{what}: not within {Patience.TotalSeconds} s");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Stops the agent, and has its data replayed.</summary>
    /// <returns>The events of the run, and those of the replay.</returns>
    public async Task<(string Lived, string Replayed)> StopAndReplayAsync()
    {
        await StopAsync();
        var (lived, replayed) = (string.Join('\n', Events()), Path.Combine(_data, "replayed.jsonl"));
        Assert.Equal(0, await CommandLine.RunAsync(new RootCommand { ReplayVerb.Create() }, ["replay", _data, "--events", replayed], TextWriter.Null));
        return (lived, string.Join('\n', await File.ReadAllLinesAsync(replayed, Cancellation)));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }
}
