using System.Globalization;
using System.Text.Json;
using FieldNet.Bedside.Captures;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: how soon is a bed live after <c>kill -9</c>, and does a long log make it later?</summary>
/// <remarks>Bedsides send all the while. The capture is a ward's in virtual time; one start of the agent reads it all and leaves its checkpoint.</remarks>
internal sealed class Restart(Report report, BenchTimes times)
{
    private const int Beds = 64;
    private const int Kills = 3;
    private const double LongestS = 5;
    private const double MostTimesShort = 1.2;

    /// <summary>What a minute of such a ward takes in the log, from below.</summary>
    private const double BytesAMinute = 20e6;

    private static readonly TimeSpan Working = TimeSpan.FromSeconds(8);

    public async Task RunAsync()
    {
        var (shortGb, longGb) = times == BenchTimes.Quick ? (0.1, 1.0) : (1.0, 10.0);
        var folder = Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
        try
        {
            var shortS = await MedianAsync(Path.Combine(folder, "short"), shortGb);
            var longS = await MedianAsync(Path.Combine(folder, "long"), longGb);
            report.Add("restart_long_log_times_short_log", longS / shortS, Target.Below(MostTimesShort));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<double> MedianAsync(string folder, double gigabytes)
    {
        await SimulatedCapture.WriteAsync(folder, Beds, TimeSpan.FromMinutes(gigabytes * 1e9 / BytesAMinute));
        var name = string.Create(CultureInfo.InvariantCulture, $"restart_{gigabytes}_gb");
        report.Add($"{name}_log_bytes", new DirectoryInfo(Path.Combine(folder, "log")).EnumerateFiles().Sum(static file => file.Length));
        var whole = System.Diagnostics.Stopwatch.StartNew();
        await using (await ServeAsync(folder, port: 0, json: null))
        {
            report.Add($"{name}_whole_log_s", whole.Elapsed.TotalSeconds);
        }

        var seconds = new List<double>();
        for (var kill = 0; kill < Kills; kill++)
        {
            seconds.Add(await KilledAsync(folder));
        }

        var median = seconds.Order().ElementAt(Kills / 2);
        report.Add($"{name}_first_live_bed_s", median, Target.Below(LongestS));
        return median;
    }

    /// <returns>From the start of the process to its first live bed, seconds.</returns>
    private static async Task<double> KilledAsync(string folder)
    {
        var port = FreePort.Take();
        var killed = await ServeAsync(folder, port, json: null);
        await using var bedsides = ChildProcess.Start("dotnet", Checkout.AgentAssembly, "simulate", "--to", $"mqtt://127.0.0.1:{port}", "--beds", $"{Beds}", "--for", "10m");
        await Quiet.ForAsync(Working);
        killed.Kill();
        await killed.DisposeAsync();

        var json = Path.Combine(folder, "report.json");
        await using (await ServeAsync(folder, port, json))
        {
            await Quiet.ForAsync(Working);
        }

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        return report.RootElement.GetProperty("first_live_bed_s") is { ValueKind: JsonValueKind.Number } first
            ? first.GetDouble()
            : throw new BenchException($"no bed was live within {Working.TotalSeconds} s of the restart");
    }

    private static async Task<ChildProcess> ServeAsync(string folder, int port, string? json)
    {
        string[] arguments = [Checkout.AgentAssembly, "serve", "--data", folder, "--port", "0", "--mqtts-port", "0", "--mqtt-port", $"{port}"];
        return (await ChildProcess.StartAsync("ready ", "dotnet", json is null ? arguments : [.. arguments, "--json", json])).Process;
    }
}
