using System.Diagnostics;
using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Sockets;
using FieldNet.LoadBench.Subjects;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: how many times mosquitto's publisher-to-one-subscriber rate does FieldNet take to the end of its whole path?</summary>
internal sealed class Throughput(Report report, BenchTimes times)
{
    private const int PublisherCount = 8;
    private const int BlockPackets = 1024;
    private const int Window = 256;

    public async Task RunAsync(byte qos, int payloadBytes, double target)
    {
        var name = $"qos{qos}_{payloadBytes}b";
        if (Environment.GetEnvironmentVariable("ONLY") == "f") { var f = await FieldNetAsync(qos, payloadBytes); report.Add($"{name}_fieldnet_messages_per_s", f.PerSecond); report.Add($"{name}_cpu", f.CpuUsPerMessage); return; }
        if (Environment.GetEnvironmentVariable("ONLY") == "m") { var f = await MosquittoAsync(qos, payloadBytes); report.Add($"{name}_mosquitto_messages_per_s", f.PerSecond); report.Add($"{name}_cpu", f.CpuUsPerMessage); return; }
        var mosquitto = await MosquittoAsync(qos, payloadBytes);
        var framing = await FramingAsync(qos, payloadBytes);
        var fieldNet = await FieldNetAsync(qos, payloadBytes);
        report.Add($"{name}_mosquitto_messages_per_s", mosquitto.PerSecond);
        report.Add($"{name}_mosquitto_cpu_us_per_message", mosquitto.CpuUsPerMessage);
        report.Add($"{name}_framing_messages_per_s", framing.PerSecond);
        report.Add($"{name}_framing_cpu_us_per_message", framing.CpuUsPerMessage);
        report.Add($"{name}_fieldnet_messages_per_s", fieldNet.PerSecond);
        report.Add($"{name}_fieldnet_cpu_us_per_message", fieldNet.CpuUsPerMessage);
        report.Add($"{name}_fieldnet_share_of_framing", fieldNet.PerSecond / framing.PerSecond);
        report.Add($"{name}_fieldnet_times_mosquitto", fieldNet.PerSecond / mosquitto.PerSecond, Target.AtLeast(target));
    }

    private static Publishers Connect(ISubject subject, byte qos, int payloadBytes) =>
        Publishers.Connect(subject.Mqtt, PublisherCount, BlockPackets, i => BedsideMessages.Waves(BedsideMessages.Device(i * 10), qos, payloadBytes));

    private async Task<FloodResult> MosquittoAsync(byte qos, int payloadBytes)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var subscriber = RawClient.Connect(mosquitto.Mqtt, "bench-subscriber", "fieldnet/#", qos);
        using var publishers = Connect(mosquitto, qos, payloadBytes);
        return await MeasureAsync(mosquitto, publishers, () => Task.FromResult(qos == 0
            ? RelayedFlood.Run(publishers, subscriber, outstanding: int.Parse(Environment.GetEnvironmentVariable("OUT") ?? "512"), burst: int.Parse(Environment.GetEnvironmentVariable("BURST") ?? "32"), times.Flood)
            : WindowedFlood.Run(publishers, Window, times.Flood, subscriber)));
    }

    private async Task<FloodResult> FramingAsync(byte qos, int payloadBytes)
    {
        await using var framing = await FramingServer.StartAsync();
        using var publishers = Connect(framing, qos, payloadBytes);
        return await MeasureAsync(framing, publishers, () =>
        {
            var sent = Flood(publishers, qos);
            foreach (var (client, _) in publishers.All)
            {
                client.Ping();
            }

            return Task.FromResult(sent);
        });
    }

    private async Task<FloodResult> FieldNetAsync(byte qos, int payloadBytes)
    {
        await using var agent = await FieldNetAgent.StartAsync();
        using var publishers = Connect(agent, qos, payloadBytes);
        return await MeasureAsync(agent, publishers, async () =>
        {
            var before = await agent.ProgressAsync();
            var sent = Flood(publishers, qos);
            var lost = await PathEnd.AwaitAsync(agent, before, sent);
            report.Add($"dbg sent {sent} lost", lost);
            return sent - lost;
        });
    }

    private long Flood(Publishers publishers, byte qos) =>
        qos == 0 ? OpenFlood.Run(publishers, times.Flood) : WindowedFlood.Run(publishers, Window, times.Flood, subscriber: null);

    /// <summary>Once to warm up, once to measure.</summary>
    private static async Task<FloodResult> MeasureAsync(ISubject subject, Publishers publishers, Func<Task<long>> flood)
    {
        for (var i = 0; i < int.Parse(Environment.GetEnvironmentVariable("WARM") ?? "1"); i++) await flood();
        var (started, cpu) = (Stopwatch.GetTimestamp(), subject.Cpu);
        var messages = await flood();
        return new FloodResult(messages, Stopwatch.GetElapsedTime(started), subject.Cpu - cpu);
    }
}
