using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: what does the agent cost at bedside rates, where waking up costs more than the work?</summary>
internal sealed class Bedsides(Report report, BenchTimes times)
{
    private const int Connections = 400;
    private const int PerSecond = 7_000;
    private const int PerSecondOfABed = PerSecond / (Connections / 2);
    private const int PayloadBytes = 128;
    private const double MostPaced = 0.30;
    private const double MostIdle = 0.01;

    public async Task RunAsync()
    {
        await using var agent = await FieldNetAgent.StartAsync();
        using var publishers = Publishers.Connect(agent.Mqtt, Connections, packets: 8, StreamsOf);
        var load = new PacedLoad(publishers, PerSecond, [.. Turns()]);
        load.Run(times.Paced / 2, acknowledged: false);
        var (before, sent, cpu) = (await agent.ProgressAsync(), load.Sent, agent.Cpu);
        load.Run(times.Paced, acknowledged: false);
        report.Add("bedsides_200_at_7000_per_s_cpu_core_share", (agent.Cpu - cpu) / times.Paced, Target.Below(MostPaced));
        report.Add("bedsides_200_at_7000_per_s_lost", await PathEnd.AwaitAsync(agent, before, load.Sent - sent), Target.Below(1));
        await Quiet.ForAsync(times.Paced);
        cpu = agent.Cpu;
        await Quiet.ForAsync(times.Paced);
        report.Add("idle_400_connections_cpu_core_share", (agent.Cpu - cpu) / times.Paced, Target.Below(MostIdle));
    }

    /// <summary>In each second every bed sends its vitals once; the rest are waveforms.</summary>
    private static IEnumerable<int> Turns()
    {
        for (var turn = 0; turn < PerSecondOfABed; turn++)
        {
            for (var bed = 0; bed < Connections; bed += 2)
            {
                yield return turn == bed % PerSecondOfABed ? bed + 1 : bed;
            }
        }
    }

    /// <summary>Two connections a bed: waveforms on the one, vitals on the other.</summary>
    private static StampedPacket[] StreamsOf(int connection)
    {
        var device = BedsideMessages.Device(connection / 2 * 10);
        return connection % 2 == 0 ? BedsideMessages.Waves(device, qos: 0, PayloadBytes) : [BedsideMessages.Vitals(device)];
    }
}
