namespace FieldNet.LoadBench.Loads;

/// <summary>What a flood came to.</summary>
/// <param name="Messages">Sent in the measured time, all of which came to the end of the path.</param>
/// <param name="Elapsed">From the first send to the end of the path.</param>
/// <param name="Cpu">Of the server's process meanwhile.</param>
internal readonly record struct FloodResult(long Messages, TimeSpan Elapsed, TimeSpan Cpu)
{
    public double PerSecond => Messages / Elapsed.TotalSeconds;

    public double CpuUsPerMessage => Cpu.TotalMicroseconds / Messages;
}
