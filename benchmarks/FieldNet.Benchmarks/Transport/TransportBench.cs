using System.Diagnostics;
using System.Globalization;

namespace FieldNet.Benchmarks.Transport;

/// <summary>Question: which transport costs least at bedside rates, and does it hold a flood? The figures of docs/adr/0006-transport.md.</summary>
/// <remarks>
/// Shape: the same framing-only protocol on each transport, in a child process; the load on one thread of this one.
/// Run: <c>dotnet run -c Release --project benchmarks/FieldNet.Benchmarks -- transport [KIND...]</c>.
/// </remarks>
internal static class TransportBench
{
    public const string Verb = "transport";

    /// <summary>Of /proc/PID/stat: USER_HZ.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2);

    private static readonly (string Name, string Kind, (string Name, string Value)[] Environment)[] Subjects =
    [
        ("epoll", "epoll", []),
        ("threads", "threads", []),
        ("sockets", "sockets", []),
        ("sockets-nospin", "sockets", [("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")]),
        ("sockets-inline", "sockets", [("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1")]),
        ("kestrel", "kestrel", []),
        ("kestrel-nospin", "kestrel", [("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")]),
    ];

    public static async Task RunAsync(string[] kinds)
    {
        Console.WriteLine("| transport | idle 400: CPU % | 7,000/s over 400: CPU %, p50, p99 µs | 50,000/s over 5,000: CPU %, p50, p99 µs | QoS 0 flat out: k msg/s, CPU µs | QoS 1 flat out: k msg/s, CPU µs |");
        foreach (var (name, kind, environment) in Subjects.Where(each => kinds.Length == 0 || kinds.Contains(each.Name)))
        {
            var idle = await MeasureAsync(kind, environment, 400, load => load.Rest(Each));
            var bedside = await PaceAsync(kind, environment, 400, 7_000);
            var many = await PaceAsync(kind, environment, 5_000, 50_000);
            var qos0 = await FloodAsync(kind, environment, 0);
            var qos1 = await FloodAsync(kind, environment, 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {idle * 100:0.0} | {bedside} | {many} | {qos0} | {qos1} |"));
        }
    }

    private static async Task<string> PaceAsync(string kind, (string, string)[] environment, int connections, int perSecond)
    {
        double[] latencies = [];
        var share = await MeasureAsync(kind, environment, connections, load => latencies = load.Pace(perSecond, Each), load => load.Pace(perSecond, Warm));
        return string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}, {latencies[latencies.Length / 2]:0}, {latencies[latencies.Length * 99 / 100]:0}");
    }

    private static async Task<string> FloodAsync(string kind, (string, string)[] environment, byte qos)
    {
        var perSecond = 0.0;
        var share = await MeasureAsync(kind, environment, 8, load => perSecond = load.Flood(qos, Each), load => load.Flood(qos, Warm));
        return string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1000:0}, {share * 1e6 / perSecond:0.00}");
    }

    /// <returns>Share of one core that the subject used.</returns>
    private static async Task<double> MeasureAsync(
        string kind, (string Name, string Value)[] environment, int connections, Action<TransportLoad> measured, Action<TransportLoad>? warming = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TransportBench).Assembly.Location);
        }

        start.ArgumentList.Add(TransportHost.Verb);
        start.ArgumentList.Add(kind);
        Array.ForEach(environment, each => start.Environment[each.Name] = each.Value);
        using var subject = Process.Start(start)!;
        var ready = await subject.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{kind} did not start");
        using var load = new TransportLoad(int.Parse(ready.AsSpan("ready ".Length), CultureInfo.InvariantCulture), connections);
        warming?.Invoke(load);
        var (cpu, watch) = (Cpu(subject.Id), Stopwatch.StartNew());
        measured(load);
        var share = (Cpu(subject.Id) - cpu) / watch.Elapsed.TotalSeconds;
        subject.StandardInput.Close();
        await subject.WaitForExitAsync();
        return share;
    }

    private static double Cpu(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
