using FieldNet.Bedside;
using FieldNet.Bedside.Captures;
using FieldNet.Capture.Log;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.EndToEnd.Tests.Replay;

/// <summary><c>replay --to</c>: a capture played to another agent arrives whole, of now, and marked.</summary>
public sealed class BrokerReplayTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_ToAnAgent_ArrivesWholeAndMarkedUnlessVerbatim(bool verbatim)
    {
        using var data = new DataFolder();
        var captured = data.File("captured");
        await SimulatedCapture.WriteAsync(captured, beds: 3, TimeSpan.FromSeconds(20), SimulationProfile.Full, seed: 2);
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.File("live"));
        var started = TimeProvider.System.GetUtcNow();

        var replay = await AgentProcess.RunAsync(
            ["replay", captured, "--to", $"mqtt://127.0.0.1:{agent.Mqtt.Port}", "--speed", "20", .. verbatim ? (string[])["--verbatim"] : []]);

        Assert.Equal((0, 0), (replay.ExitCode, await agent.StopAsync()));
        var (sent, got) = (Messages(captured), Messages(data.File("live")));
        Assert.Equal(sent.Select(message => message.Topic).Order(StringComparer.Ordinal), got.Select(message => message.Topic).Order(StringComparer.Ordinal));
        Assert.All(got, message => Assert.Equal(verbatim ? DataMode.Demo : DataMode.Replay, message.Stamp.Mode));
        var earliest = (verbatim ? SimulatedCapture.Begin : started).AddMinutes(-1);
        Assert.All(got, message => Assert.InRange(message.Stamp.SentTimeUs, Us(earliest), Us(earliest.AddMinutes(5))));
    }

    private static long Us(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Topic and stamp of each waveform and vitals message.</summary>
    private static List<(string Topic, Stamp Stamp)> Messages(string folder)
    {
        var (decoder, vitals) = (new TelemetryDecoder(), new Vitals());
        var messages = new List<(string, Stamp)>();
        using var reader = LogReader.Open(folder, new TopicTable());
        while (reader.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Publish && record.Topic.Message == MessageKind.Wave)
            {
                decoder.ReadWave(record.Payload, PayloadFormat.Detect, record.Topic.Signal!, out var chunk);
                messages.Add((record.Topic.Name, chunk.Stamp));
            }
            else if (record.Kind == RecordKind.Publish && record.Topic.Message == MessageKind.Vitals)
            {
                decoder.ReadVitals(record.Payload, PayloadFormat.Detect, vitals);
                messages.Add((record.Topic.Name, vitals.Stamp));
            }
        }

        return messages;
    }
}
