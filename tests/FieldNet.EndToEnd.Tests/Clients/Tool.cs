using System.Diagnostics;

namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>Somebody else's command as a child process, its output read line by line.</summary>
/// <remarks>Lifetime: disposing kills it if it still runs.</remarks>
internal sealed class Tool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private Tool(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public static void Require(string file, string package) => Assert.SkipUnless(File.Exists(file), $"Debian's {package} is not installed.");

    /// <summary>Line-buffered, so that what it says is heard while it runs.</summary>
    public static Tool Start(string command, params IEnumerable<string> arguments) => new(Process.Start(
        new ProcessStartInfo("stdbuf", ["-oL", command, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!);

    /// <summary>Runs it to its end, which must be a good one.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string command, params IEnumerable<string> arguments)
    {
        await using var tool = Start(command, arguments);
        await tool.EndAsync();
        return tool.Lines;
    }

    public async Task EndAsync(int exitCode = 0)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await _reading;
        Assert.True(_process.ExitCode == exitCode, $"exit code {_process.ExitCode}:\n{string.Join('\n', Lines)}");
    }

    /// <summary>Waits until it has said such a line.</summary>
    public async Task SaysAsync(Func<string, bool> line, string what)
    {
        for (var watch = Stopwatch.StartNew(); !Lines.Any(line);)
        {
            Assert.True(watch.Elapsed < Patience && !(_process.HasExited && _reading.IsCompleted && !Lines.Any(line)), $"not said: {what}\n{string.Join('\n', Lines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it without a chance to take leave.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
