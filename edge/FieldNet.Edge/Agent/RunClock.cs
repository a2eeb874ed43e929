using System.Diagnostics;

namespace FieldNet.Edge.Agent;

/// <summary>Measures a run of the agent's process: time since its start, and the processor share since it was ready.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly DateTimeOffset _processStart = ProcessStart();
    private long _readyAt;
    private TimeSpan _cpuAtReady;

    /// <summary>Seconds from the start of the process, set-up of the runtime included.</summary>
    public double SinceStartS(DateTimeOffset moment) => (moment - _processStart).TotalSeconds;

    public void Ready()
    {
        _readyAt = time.GetTimestamp();
        _cpuAtReady = Environment.CpuUsage.TotalTime;
    }

    /// <summary>Processor time per wall time since <see cref="Ready"/>; 1 is one whole core.</summary>
    public double CpuCoreShare() => (Environment.CpuUsage.TotalTime - _cpuAtReady) / time.GetElapsedTime(_readyAt);

    private static DateTimeOffset ProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime);
    }
}
