using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Demo;

/// <summary>The simulated bedsides of a demo: this same executable as a child process, over real sockets.</summary>
/// <remarks>Lifetime: it ends when its standard input closes, so it can't outlive the demo, however that ends.</remarks>
internal sealed class SimulatorProcess : IDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _report;

    private SimulatorProcess(Process process, string report, string ledger) => (_process, _report, Ledger) = (process, report, ledger);

    /// <summary>Where it wrote what was acknowledged.</summary>
    public string Ledger { get; }

    /// <summary>Completes when it has ended, for whatever reason.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <param name="duration">How long the demo lasts, if it ends by itself: the script then plans a calm end.</param>
    /// <param name="folder">Where it leaves its report, its ledger and the truth about its faults.</param>
    public static SimulatorProcess Start(Uri mqtt, int beds, int seed, string? recordings, TimeSpan? duration, string folder)
    {
        var (report, ledger) = (Path.Combine(folder, "simulator.json"), Path.Combine(folder, "acknowledged.jsonl"));
        List<string> arguments =
        [
            "simulate", "--to", $"mqtt://{mqtt.Host}:{mqtt.Port}", "--beds", beds.ToString(CultureInfo.InvariantCulture),
            "--seed", seed.ToString(CultureInfo.InvariantCulture), "--demo-script", "--until-stdin-closes",
            "--json", report, "--acked", ledger, "--labels", Path.Combine(folder, "labels.jsonl"),
        ];
        if (recordings is not null)
        {
            arguments.AddRange(["--recordings", recordings]);
        }

        if (duration is { } lasting)
        {
            // A little longer than the demo, so that it is the demo that ends it.
            arguments.AddRange(["--for", string.Create(CultureInfo.InvariantCulture, $"{(lasting + TimeSpan.FromSeconds(4)).TotalSeconds}s")]);
        }

        var executable = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            arguments.Insert(0, typeof(SimulatorProcess).Assembly.Location);
        }

        var process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardInput = true })
            ?? throw new EnvironmentFaultException("the simulated bedsides can't be started; see the line above.");
        return new SimulatorProcess(process, report, ledger);
    }

    /// <summary>Asks it to end, waits, and reads how many messages it had acknowledged.</summary>
    public async Task<long> StopAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopWithin);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new EnvironmentFaultException($"the simulated bedsides did not end within {StopWithin.TotalSeconds} s and were killed; their account is missing.");
        }

        if (_process.ExitCode != ExitCode.Done)
        {
            throw new EnvironmentFaultException($"the simulated bedsides ended with exit code {_process.ExitCode}; see the lines above.");
        }

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_report).ConfigureAwait(false));
        return report.RootElement.GetProperty("acknowledged").GetInt64();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
