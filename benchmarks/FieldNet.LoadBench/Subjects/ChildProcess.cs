using System.Diagnostics;
using System.Globalization;

namespace FieldNet.LoadBench.Subjects;

/// <summary>A server as a child process.</summary>
/// <remarks>Lifetime: disposing ends it, in order if it can.</remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Of /proc/PID/stat: USER_HZ, 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private string _said = "";

    private ChildProcess(Process process) => _process = process;

    public TimeSpan Cpu
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>What it has had the kernel write to disks: whole pages, whatever for.</summary>
    public long WrittenBytes => File.ReadLines($"/proc/{_process.Id}/io")
        .Where(line => line.StartsWith("write_bytes: ", StringComparison.Ordinal)).Select(line => Number(line["write_bytes: ".Length..])).Single();

    /// <summary>Starts it and waits for the first line of its standard output that begins with <paramref name="ready"/>.</summary>
    public static async Task<(ChildProcess Process, string Line)> StartAsync(string ready, string file, params string[] arguments)
    {
        var child = Start(file, arguments);
        var process = child._process;
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
            {
                if (line.StartsWith(ready, StringComparison.Ordinal))
                {
                    return (child, line);
                }
            }

            throw new BenchException($"{Path.GetFileName(file)} {string.Join(' ', arguments)} ended before it was ready: {child._said}");
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that says nothing when it is ready.</summary>
    public static ChildProcess Start(string file, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var child = new ChildProcess(process);
        process.ErrorDataReceived += (_, line) => child._said = line.Data ?? child._said;
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Ends it without a word.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await term.WaitForExitAsync();
            try
            {
                await _process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
