using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Sockets;
using FieldNet.LoadBench.Subjects;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: what does a ward write in which nothing happens: no device at all, then twelve beds' connections that stay silent?</summary>
internal sealed class QuietWard(Report report, BenchTimes times)
{
    private const int Connections = 24;
    private const double MostBytesAMinute = 1_000_000;

    public async Task RunAsync()
    {
        await using var agent = await FieldNetAgent.StartAsync();
        await MeasureAsync(agent, "quiet_no_device");
        var devices = Enumerable.Range(0, Connections).Select(i => RawClient.Connect(agent.Mqtt, $"silent-{i}")).ToList();
        await MeasureAsync(agent, "quiet_24_silent_connections");
        devices.ForEach(device => device.Dispose());
    }

    private async Task MeasureAsync(FieldNetAgent agent, string name)
    {
        // What the start itself brought is on the disk by then.
        await Quiet.ForAsync(times.WarmUp);
        var (log, written) = (agent.LogBytes, agent.WrittenBytes);
        await Quiet.ForAsync(times.Paced);
        var minutes = times.Paced.TotalMinutes;
        report.Add($"{name}_log_bytes_per_minute", (agent.LogBytes - log) / minutes, Target.Below(MostBytesAMinute));
        report.Add($"{name}_written_to_disk_bytes_per_minute", (agent.WrittenBytes - written) / minutes, Target.Below(MostBytesAMinute));
    }
}
