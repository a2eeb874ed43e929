using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: do 5,000 connections at 10 messages/s each get through whole?</summary>
internal sealed class ManyConnections(Report report, BenchTimes times)
{
    private const int Connections = 5_000;
    private const int PerSecondEach = 10;
    private const int PayloadBytes = 128;

    public async Task RunAsync()
    {
        await using var agent = await FieldNetAgent.StartAsync();
        using var publishers = Publishers.Connect(agent.Mqtt, Connections, packets: 4, i => BedsideMessages.Waves(BedsideMessages.Device(i), qos: 0, PayloadBytes));
        var load = new PacedLoad(publishers, Connections * PerSecondEach);
        load.Run(times.WarmUp, acknowledged: false);
        var (before, sent, cpu) = (await agent.ProgressAsync(), load.Sent, agent.Cpu);
        var startedUs = Clock.UtcUs;
        load.Run(times.Paced, acknowledged: false);
        var sentUs = Clock.UtcUs;
        var lost = await PathEnd.AwaitAsync(agent, before, load.Sent - sent);
        // Waveforms at QoS 0 are committed four times a second: what is left at the end is no lack of speed, unless it takes longer than that.
        report.Add("connections_5000_messages_per_s", (load.Sent - sent - lost) / ((sentUs - startedUs) / 1e6), Target.AtLeast(0.95 * Connections * PerSecondEach));
        report.Add("connections_5000_rest_durable_after_ms", (Clock.UtcUs - sentUs) / 1e3, Target.Below(1_000));
        report.Add("connections_5000_cpu_core_share", (agent.Cpu - cpu) / times.Paced);
        report.Add("connections_5000_lost", lost, Target.Below(1));
    }
}
