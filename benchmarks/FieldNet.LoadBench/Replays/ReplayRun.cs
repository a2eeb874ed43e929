using System.Diagnostics;
using System.Text.Json;
using FieldNet.LoadBench.Subjects;

namespace FieldNet.LoadBench.Replays;

/// <summary>What one <c>fieldnet replay</c> reported.</summary>
internal sealed record ReplayRun(double TimesRealTime, double WallS, long Records, long Events, string EventsSha256)
{
    public static async Task<ReplayRun> OfAsync(string speed, params string[] folders)
    {
        using var report = JsonDocument.Parse(await FieldNetAsync(["replay", .. folders, "--speed", speed, "--json", "-"]));
        var root = report.RootElement;
        return new ReplayRun(
            root.GetProperty("times_real_time").GetDouble(),
            root.GetProperty("wall_s").GetDouble(),
            root.GetProperty("records").GetInt64(),
            root.GetProperty("events").EnumerateObject().Sum(kind => kind.Value.GetInt64()),
            root.GetProperty("events_sha256").GetString()!);
    }

    /// <returns>The folder that holds the piece.</returns>
    public static async Task<string> CutAsync(string folder, string output, DateTimeOffset from, DateTimeOffset to)
    {
        await FieldNetAsync(["cut", folder, "--from", $"{from:O}", "--to-time", $"{to:O}", "--out", output]);
        return output;
    }

    private static async Task<string> FieldNetAsync(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Checkout.Launcher, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new BenchException($"fieldnet {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
