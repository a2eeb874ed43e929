using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FieldNet.TestKit;

/// <summary>A real influxd or VictoriaMetrics on a free loopback port, in a folder of its own, that can be killed and started again.</summary>
/// <remarks>Lifetime: disposing kills it and removes its folder. Never as a service: the package's own may run beside it.</remarks>
public sealed class TimeSeriesServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private readonly string _executable;
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-history-").FullName;
    private readonly Func<TimeSeriesServer, string[]> _arguments;
    private Process? _process;
    private long _startedS;

    private TimeSeriesServer(string executable, Func<TimeSeriesServer, string[]> arguments) => (_executable, _arguments) = (executable, arguments);

    public static string InfluxAbsent => "influxd is not installed.";

    public static string VictoriaMetricsAbsent => "victoria-metrics is not installed.";

    public static bool IsInfluxInstalled => File.Exists("/usr/bin/influxd");

    public static bool IsVictoriaMetricsInstalled => File.Exists("/usr/bin/victoria-metrics");

    public int Port { get; } = FreePort();

    public string Address => $"http://127.0.0.1:{Port}";

    private string Log => Path.Combine(_folder, "log");

    /// <summary>influxd 1.6.</summary>
    public static Task<TimeSeriesServer> StartInfluxAsync() => StartAsync("/usr/bin/influxd", static server =>
    {
        var settings = Path.Combine(server._folder, "influxdb.conf");
        File.WriteAllText(settings, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
              dir = "{server._folder}/meta"
            [data]
              dir = "{server._folder}/data"
              wal-dir = "{server._folder}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{server.Port}"
              log-enabled = false
            """);
        return ["-config", settings];
    });

    /// <param name="settings">Further ones of its command line.</param>
    public static Task<TimeSeriesServer> StartVictoriaMetricsAsync(params string[] settings) => StartAsync("/usr/bin/victoria-metrics", server =>
        [$"-storageDataPath={server._folder}/data", $"-httpListenAddr=127.0.0.1:{server.Port}", "-retentionPeriod=100y", .. settings]);

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1", _executable, .. _arguments(this)]);
        start.Environment["LOG"] = Log;
        while (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() <= _startedS)
        {
            // A server tells its start in whole seconds: two within one are one to whoever asks. Outside of tests nobody is so quick.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        _startedS = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        _process = Process.Start(start)!;
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new InvalidOperationException($"{_executable} does not start: {await File.ReadAllTextAsync(Log)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await Http.GetAsync($"{Address}{path}");
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {body}");
    }

    public async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using var response = await Http.PostAsync($"{Address}{path}", new StringContent(body));
        return response.StatusCode;
    }

    /// <summary>Of what it keeps on disk.</summary>
    public long BytesOnDisk() => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.FullName != Log).Sum(file => file.Length);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TimeSeriesServer> StartAsync(string executable, Func<TimeSeriesServer, string[]> arguments)
    {
        var server = new TimeSeriesServer(executable, arguments);
        await server.StartAgainAsync();
        return server;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Http.GetAsync($"{Address}/ping");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
