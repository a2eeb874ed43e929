using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: how long does a sender wait for its PUBACK, which says durable, at 20,000 messages/s?</summary>
internal sealed class Acknowledgement(Report report, BenchTimes times)
{
    private const int PublisherCount = 8;
    private const int PerSecond = 20_000;
    private const int PayloadBytes = 128;
    private const double MostP50Ms = 4;
    private const double LeastOfMostP99Ms = 15;
    private const double TimesFsyncP99 = 3;

    public async Task RunAsync()
    {
        var fsync = FsyncProbe.Run(times.Paced / 2);
        await using var agent = await FieldNetAgent.StartAsync();
        using var publishers = Publishers.Connect(agent.Mqtt, PublisherCount, packets: 64, i => BedsideMessages.Waves(BedsideMessages.Device(i * 10), qos: 1, PayloadBytes));
        new PacedLoad(publishers, PerSecond).Run(times.WarmUp, acknowledged: true);
        var load = new PacedLoad(publishers, PerSecond);
        var cpu = agent.Cpu;
        load.Run(times.Paced, acknowledged: true);
        report.Add("qos1_20000_per_s_cpu_core_share", (agent.Cpu - cpu) / times.Paced);
        report.Add("fsync_p50_ms", fsync.At(0.5));
        report.Add("fsync_p99_ms", fsync.At(0.99));
        report.Add("qos1_20000_per_s_publish_to_puback_p50_ms", load.Acknowledged.At(0.5), Target.Below(MostP50Ms));
        report.Add("qos1_20000_per_s_publish_to_puback_p99_ms", load.Acknowledged.At(0.99), Target.Below(Math.Max(LeastOfMostP99Ms, TimesFsyncP99 * fsync.At(0.99))));
        report.Add("qos1_20000_per_s_unacknowledged", load.Sent - load.Acknowledged.Count, Target.Below(1));
    }
}
