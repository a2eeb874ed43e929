using System.Net;
using System.Runtime.InteropServices;
using FieldNet.Mqtt.Transport;

namespace FieldNet.LoadBench.Subjects;

/// <summary>The child process of <see cref="FramingServer"/>: the one place that says which transport it runs on.</summary>
internal static class FramingHost
{
    public const string Verb = "framing";

    public static async Task<int> RunAsync()
    {
        await using var transport = EpollTransport.Start(new IPEndPoint(IPAddress.Loopback, 0), new FramingProtocol.Acceptor(), new EpollOptions(), TimeProvider.System);
        var stopped = new TaskCompletionSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        Console.WriteLine($"ready {transport.LocalEndPoint}");
        await stopped.Task;
        return 0;
    }
}
