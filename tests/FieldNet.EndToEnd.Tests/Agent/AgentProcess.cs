using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FieldNet.EndToEnd.Tests.Agent;

/// <summary>The real <c>fieldnet</c> executable as a child process, from start to exit.</summary>
/// <remarks>Lifetime: disposing kills it if it still runs.</remarks>
internal sealed partial class AgentProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<(Uri Http, Uri Mqtt, Uri? Mqtts)> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AgentProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"the agent exited before it was ready:\n{Output}"));
        process.EnableRaisingEvents = true;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Http { get; private set; } = null!;

    public Uri Mqtt { get; private set; } = null!;

    /// <summary>Null without TLS.</summary>
    public Uri? Mqtts { get; private set; }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts a verb that serves and waits for its ready line.</summary>
    public static async Task<AgentProcess> StartAsync(params string[] arguments)
    {
        var agent = Launch(arguments);
        (agent.Http, agent.Mqtt, agent.Mqtts) = await agent._ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return agent;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var agent = Launch(arguments);
        await agent._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3));
        return (agent._process.ExitCode, agent.Output);
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM or another, and waits for the orderly end.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        return await EndAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static AgentProcess Launch(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.AgentAssembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        return new AgentProcess(new Process { StartInfo = start });
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (ReadyLine().Match(line) is { Success: true } ready)
        {
            _ready.TrySetResult((new Uri(ready.Groups[1].Value), new Uri(ready.Groups[2].Value), ready.Groups[3] is { Success: true } tls ? new Uri(tls.Value) : null));
        }
    }

    [GeneratedRegex("^ready http=(\\S+) mqtt=(\\S+)(?: mqtts=(\\S+))?$")]
    private static partial Regex ReadyLine();
}
