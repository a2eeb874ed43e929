using System.Net;
using System.Net.Sockets;

namespace FieldNet.LoadBench.Subjects;

/// <summary>mosquitto, set so that it drops nothing of what the closed loop sends.</summary>
internal sealed class Mosquitto : ISubject
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;
    private readonly string _folder;

    private Mosquitto(ChildProcess process, string folder, IPEndPoint mqtt) => (_process, _folder, Mqtt) = (process, folder, mqtt);

    public IPEndPoint Mqtt { get; }

    public TimeSpan Cpu => _process.Cpu;

    public static async Task<Mosquitto> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
        var configuration = Path.Combine(folder, "mosquitto.conf");
        var mqtt = new IPEndPoint(IPAddress.Loopback, FreePort());
        await File.WriteAllTextAsync(configuration, $"""
            listener {mqtt.Port} 127.0.0.1
            allow_anonymous true
            user root
            set_tcp_nodelay true
            max_inflight_messages 0
            max_queued_messages 0
            persistence false
            log_dest none

            """);
        var mosquitto = new Mosquitto(ChildProcess.Start("/usr/sbin/mosquitto", "-c", configuration), folder, mqtt);
        await mosquitto.AnswersAsync();
        return mosquitto;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await retry.WaitForNextTickAsync(deadline.Token))
        {
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(Mqtt, deadline.Token);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
