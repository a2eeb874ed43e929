using System.Text;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>A log that may take little stays within it, and loses waveforms, never what a bed said of its numbers.</summary>
public sealed class RetentionTests
{
    private const string Wave = "fieldnet/v1/chu/icu1/bed-01/mon1/wave/MDC_ECG_ELEC_POTL_II";
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int WaveBytes = 4000;
    private const int Waves = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Serve_MoreThanTheLogMayTake_StaysWithinItAndKeepsTheFacts()
    {
        using var data = new DataFolder();
        await using (var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path, "--log-size", "16MiB", "--beds", "0"))
        {
            long acknowledged = 0;
            await using var client = await MqttClient.ConnectAsync(
                "127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = "bed-01", Acknowledged = (_, _) => Interlocked.Increment(ref acknowledged) },
                cancellationToken: TestContext.Current.CancellationToken);
            await client.PublishAsync(VitalsStream.Topic, VitalsStream.Payload(1), qos: 1, cancellationToken: TestContext.Current.CancellationToken);
            var (topic, payload) = (Encoding.UTF8.GetBytes(Wave), new byte[WaveBytes]);
            for (var sent = 0; sent < Waves;)
            {
                if (client.TryPublish(topic, payload, qos: 1, token: 1))
                {
                    sent++;
                }
                else
                {
                    await client.WaitForRoomAsync(TestContext.Current.CancellationToken);
                }
            }

            await WallPage.UntilAsync(() => Task.FromResult(Interlocked.Read(ref acknowledged) == Waves), Patience, "every waveform is acknowledged");
            await WallPage.UntilAsync(() => Task.FromResult(LogBytes(data) <= MaxBytes), Patience, "the log is within its bytes");
            // What the disk's own thread noticed becomes a record a moment later.
            await WallPage.UntilAsync(async () => (await EventsAsync(data)).Contains("\"what\":\"disk\"", StringComparison.Ordinal), Patience, "the eviction is an event");
            Assert.Equal(0, await agent.StopAsync());
        }

        Assert.Equal([1UL], await VitalsStream.LoggedSeqsAsync(data.Path));
        var inspected = await AgentProcess.RunAsync("inspect", data.Path, "--json", "-");
        using var json = JsonDocument.Parse(inspected.Output);
        Assert.Equal((0, 0), (json.RootElement.GetProperty("missing").GetInt64(), json.RootElement.GetProperty("corrupt").GetInt64()));
        Assert.InRange(json.RootElement.GetProperty("lanes").GetProperty("waves").GetProperty("records").GetInt64(), 1000, (MaxBytes / WaveBytes) + 1);
    }

    private static async Task<string> EventsAsync(DataFolder data)
    {
        await using var file = new FileStream(data.File("events.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static long LogBytes(DataFolder data) => Directory.EnumerateFiles(data.File("log"), "*.seg").Sum(file => new FileInfo(file).Length);
}
