using System.Buffers.Binary;
using System.Text.Json;
using FieldNet.Capture.Log;
using FieldNet.Capture.Wfdb;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.EndToEnd.Tests.Export;

/// <summary>What bedsides sent over real sockets comes out of the data folder, sample for sample.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Export_SimulatedWard_AgreesWithTheSamplesSent()
    {
        using var data = new DataFolder();
        using var output = new DataFolder();
        await using (var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            Assert.Equal(0, (await AgentProcess.RunAsync("simulate", "--to", agent.Mqtt.ToString(), "--beds", "2", "--for", "6s", "--qos", "1")).ExitCode);
            Assert.Equal(0, await agent.StopAsync());
        }

        var exported = await AgentProcess.RunAsync(
            "export", "--data", data.Path, "--from", "2000-01-01", "--to-time", "2100-01-01", "--format", "wfdb", "--out", output.File("history"));

        Assert.True(exported.ExitCode == 0, exported.Output);
        var sent = Sent(data.Path);
        Assert.NotEmpty(sent);
        foreach (var bed in sent.GroupBy(wave => wave.Key.Bed, StringComparer.Ordinal))
        {
            var header = Path.Combine(output.File("history"), $"demo_icu1_{bed.Key}.hea");
            var record = WfdbRecord.Read(header);
            Assert.Equal(bed.Select(wave => wave.Key.Signal).Order(StringComparer.Ordinal), record.Signals.Select(s => s.Description));
            foreach (var (wave, samples) in bed)
            {
                var signal = record.Signals.Index().Single(s => s.Item.Description == wave.Signal).Index;
                Assert.Equal(samples, record.Samples[signal].SkipWhile(v => v == WfdbRecord.Missing).Take(samples.Count));
            }

            await InspectAgreesAsync(header, record, output.File($"{bed.Key}.json"));
        }
    }

    private static async Task InspectAgreesAsync(string header, WfdbRecord record, string report)
    {
        Assert.Equal(0, (await AgentProcess.RunAsync("inspect", header, "--json", report)).ExitCode);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        Assert.Equal("wfdb", json.RootElement.GetProperty("format").GetString());
        foreach (var (i, signal) in json.RootElement.GetProperty("signals").EnumerateArray().Index())
        {
            Assert.Equal(record.Signals[i].Description, signal.GetProperty("name").GetString());
            Assert.Equal(record.Samples[i].Length, signal.GetProperty("samples").GetInt64());
            Assert.Equal(record.Samples[i].Count(v => v == WfdbRecord.Missing), signal.GetProperty("missing").GetInt64());
            Assert.Equal(signal.GetProperty("stated_checksum").GetInt32(), signal.GetProperty("checksum").GetInt32());
        }
    }

    /// <summary>Each waveform's samples out of the log, from the first that is not missing on.</summary>
    private static Dictionary<(string Bed, string Signal), List<int>> Sent(string dataFolder)
    {
        var sent = new Dictionary<(string Bed, string Signal), List<int>>();
        var decoder = new TelemetryDecoder();
        using var reader = LogReader.Open(dataFolder, new TopicTable());
        while (reader.TryRead(out var record))
        {
            if (record.Topic is not { Message: MessageKind.Wave, Signal: { } signal } topic)
            {
                continue;
            }

            Assert.Equal(Refusal.None, decoder.ReadWave(record.Payload, PayloadFormat.Detect, signal, out var chunk));
            var wave = (topic.Bed, signal.Id);
            if (!sent.TryGetValue(wave, out var samples))
            {
                sent.Add(wave, samples = []);
            }

            for (var i = 0; i < chunk.Count; i++)
            {
                var sample = BinaryPrimitives.ReadInt16LittleEndian(chunk.Samples[(2 * i)..]);
                if (samples.Count > 0 || sample != short.MinValue)
                {
                    samples.Add(sample == short.MinValue ? WfdbRecord.Missing : sample);
                }
            }
        }

        return sent;
    }
}
