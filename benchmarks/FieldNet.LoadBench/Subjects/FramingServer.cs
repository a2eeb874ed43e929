using System.Net;

namespace FieldNet.LoadBench.Subjects;

/// <summary>FieldNet's own transport with nothing behind it: packets are framed, counted and acknowledged.</summary>
internal sealed class FramingServer : ISubject
{
    private readonly ChildProcess _process;

    private FramingServer(ChildProcess process, IPEndPoint mqtt) => (_process, Mqtt) = (process, mqtt);

    public IPEndPoint Mqtt { get; }

    public TimeSpan Cpu => _process.Cpu;

    public static async Task<FramingServer> StartAsync()
    {
        var (process, line) = await ChildProcess.StartAsync("ready ", "dotnet", Environment.GetCommandLineArgs()[0], FramingHost.Verb);
        return new FramingServer(process, IPEndPoint.Parse(line["ready ".Length..]));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
