using System.Globalization;
using System.Net;

namespace FieldNet.LoadBench.Subjects;

/// <summary>The whole agent: <c>fieldnet serve</c> with a data folder of its own.</summary>
internal sealed class FieldNetAgent : ISubject
{
    private readonly ChildProcess _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private FieldNetAgent(ChildProcess process, string folder, Uri http, Uri mqtt)
    {
        (_process, _folder) = (process, folder);
        _http = new HttpClient { BaseAddress = http };
        Mqtt = IPEndPoint.Parse($"{mqtt.Host}:{mqtt.Port}");
    }

    public IPEndPoint Mqtt { get; }

    public TimeSpan Cpu => _process.Cpu;

    /// <summary>What its log takes.</summary>
    public long LogBytes => Directory.EnumerateFiles(Path.Combine(_folder, "log"), "*.seg").Sum(file => new FileInfo(file).Length);

    /// <inheritdoc cref="ChildProcess.WrittenBytes"/>
    public long WrittenBytes => _process.WrittenBytes;

    /// <summary>Where its events are written.</summary>
    public string Events => Path.Combine(_folder, "events.jsonl");

    public static async Task<FieldNetAgent> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
        var (process, line) = await ChildProcess.StartAsync(
            "ready ", "dotnet", Checkout.AgentAssembly, "serve", "--data", folder, "--port", "0", "--mqtt-port", "0", "--mqtts-port", "0");
        var words = line.Split(' ');
        return new FieldNetAgent(process, folder, new Uri(words[1]["http=".Length..]), new Uri(words[2]["mqtt=".Length..]));
    }

    /// <summary>How far the whole path has come.</summary>
    public async Task<PathProgress> ProgressAsync()
    {
        var values = new Dictionary<string, double>();
        foreach (var line in (await _http.GetStringAsync("metrics")).Split('\n'))
        {
            var name = line.Split('{', ' ')[0];
            if (name.Length > 0 && name[0] != '#' && double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out var value))
            {
                values[name] = values.GetValueOrDefault(name) + value;
            }
        }

        long Of(string name) => (long)(values.TryGetValue(name, out var value) ? value : throw new BenchException($"the agent's /metrics has no {name}"));
        return new PathProgress(
            Of("fieldnet_ward_messages_total"), Of("fieldnet_records_total"), Of("fieldnet_log_committed_total"), Of("fieldnet_records_shed_total"), Of("fieldnet_refused_total"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
