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

    /// <summary>At QoS 0 mosquitto drops what its subscriber does not take: eight messages of each publisher are on the way, sent one by one as devices do.</summary>
    private const int Outstanding = 64;
    private const int Burst = 1;

    public async Task RunAsync(byte qos, int payloadBytes, double target)
    {
        var name = $"qos{qos}_{payloadBytes}b";
        var mosquitto = await MosquittoAsync(qos, payloadBytes);
        var framing = await FramingAsync(qos, payloadBytes);
        var fieldNet = await FieldNetAsync(qos, payloadBytes);
        var disk = DiskProbe.BytesPerSecond(times.Flood / 2);
        report.Add($"{name}_mosquitto_messages_per_s", mosquitto.PerSecond);
        report.Add($"{name}_mosquitto_cpu_us_per_message", mosquitto.CpuUsPerMessage);
        report.Add($"{name}_framing_messages_per_s", framing.PerSecond);
        report.Add($"{name}_framing_cpu_us_per_message", framing.CpuUsPerMessage);
        report.Add($"{name}_fieldnet_messages_per_s", fieldNet.PerSecond);
        report.Add($"{name}_fieldnet_cpu_us_per_message", fieldNet.CpuUsPerMessage);
        report.Add($"{name}_fieldnet_payload_mb_per_s", fieldNet.PerSecond * payloadBytes / 1e6);
        report.Add($"{name}_disk_alone_mb_per_s", disk / 1e6);
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
        return await MeasureAsync(mosquitto, times.Flood / 4, duration => Task.FromResult(qos == 0
            ? RelayedFlood.Run(publishers, subscriber, Outstanding, Burst, duration)
            : WindowedFlood.Run(publishers, Window, duration, subscriber)));
    }

    private async Task<FloodResult> FramingAsync(byte qos, int payloadBytes)
    {
        await using var framing = await FramingServer.StartAsync();
        using var publishers = Connect(framing, qos, payloadBytes);
        return await MeasureAsync(framing, times.WarmUp / 2, duration =>
        {
            var sent = Flood(publishers, qos, duration);
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
        return await MeasureAsync(agent, times.WarmUp, async duration =>
        {
            var before = await agent.ProgressAsync();
            var sent = Flood(publishers, qos, duration);
            return sent - await PathEnd.AwaitAsync(agent, before, sent);
        });
    }

    private static long Flood(Publishers publishers, byte qos, TimeSpan duration) =>
        qos == 0 ? OpenFlood.Run(publishers, duration) : WindowedFlood.Run(publishers, Window, duration, subscriber: null);

    /// <summary>Once to warm up (code is compiled as it gets hot), once to measure.</summary>
    private async Task<FloodResult> MeasureAsync(ISubject subject, TimeSpan warmUp, Func<TimeSpan, Task<long>> flood)
    {
        await flood(warmUp);
        var (started, cpu) = (Stopwatch.GetTimestamp(), subject.Cpu);
        var messages = await flood(times.Flood);
        return new FloodResult(messages, Stopwatch.GetElapsedTime(started), subject.Cpu - cpu);
    }
}
