using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FieldNet.TestKit;

/// <summary>A real mosquitto on a free loopback port, with its sessions on disk, that can be killed and started again.</summary>
/// <remarks>Lifetime: disposing kills it and removes its folder.</remarks>
public sealed class Mosquitto : IAsyncDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/local/sbin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];
    private static readonly string? Executable = Folders.Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists);

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-mosquitto-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    private Mosquitto(string[] settings) => _settings = settings;

    public static bool IsInstalled => Executable is not null;

    public static string Absent => "mosquitto is not installed.";

    public int Port { get; } = FreePort();

    /// <summary>A second listener of the same broker, for settings that want one.</summary>
    public int OtherPort { get; } = FreePort();

    public Uri Address => new($"mqtt://127.0.0.1:{Port}");

    private string Log => Path.Combine(_folder, "mosquitto.log");

    /// <param name="settings">Further lines of its configuration; <c>{other}</c> stands for <see cref="OtherPort"/>.</param>
    public static async Task<Mosquitto> StartAsync(params string[] settings)
    {
        var broker = new Mosquitto(settings);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        var configuration = Path.Combine(_folder, "mosquitto.conf");
        string[] lines =
        [
            $"listener {Port} 127.0.0.1", "allow_anonymous true", "persistence true", $"persistence_location {_folder}/",
            "autosave_interval 0", "max_queued_messages 0", "user root", $"log_dest file {Log}", "connection_messages false",
            .. _settings.Select(line => line.Replace("{other}", OtherPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)),
        ];
        await File.WriteAllLinesAsync(configuration, lines);
        _process = Process.Start(new ProcessStartInfo(Executable!, ["-c", configuration]))!;
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(Port) || (_settings.Any(line => line.Contains("{other}", StringComparison.Ordinal)) && !await AnswersAsync(OtherPort)))
        {
            if (_process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"mosquitto does not start: {await File.ReadAllTextAsync(Log)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
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

    /// <summary>SIGTERM: it writes its sessions to disk first.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", [$"{_process!.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
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
