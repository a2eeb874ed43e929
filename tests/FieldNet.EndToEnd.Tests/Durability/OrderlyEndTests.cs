using System.Diagnostics;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>However a run ends short of a crash, its log has a stop record and its events and report are written.</summary>
public sealed class OrderlyEndTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Serve_Signal_StopsInOrder(string signal)
    {
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);

        Assert.Equal(0, await agent.StopAsync(signal));

        Assert.Equal("stop", await LastRecordAsync(data.Path));
    }

    [Fact]
    public async Task Demo_SimulatorDies_StopsInOrderAndExitsWith3()
    {
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync(
            "demo", "--beds", "2", "--port", "0", "--mqtt-port", "0", "--no-open", "--data", data.Path, "--json", data.File("report.json"));
        await WallPage.UntilAsync(() => Task.FromResult(new FileInfo(data.File("events.jsonl")).Length > 0), TimeSpan.FromSeconds(30), "some events");

        using (var simulator = Process.GetProcessById(ChildOf(agent.Id)))
        {
            simulator.Kill();
        }

        Assert.Equal(3, await agent.EndAsync());
        Assert.Contains("fieldnet: the simulated bedsides ended with exit code 137; see the lines above.", agent.Output, StringComparison.Ordinal);
        Assert.Equal("stop", await LastRecordAsync(data.Path));
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(data.File("report.json"), TestContext.Current.CancellationToken));
        Assert.True(report.RootElement.GetProperty("messages").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("acknowledged_lost").ValueKind);
    }

    [Fact]
    public async Task Serve_ReadyLineCannotBeWritten_StopsInOrderAndExitsWith3()
    {
        using var data = new DataFolder();
        var script = $"exec dotnet '{Repository.AgentAssembly}' serve --port 0 --mqtt-port 0 --data '{data.Path}' >/dev/full";
        using var agent = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardError = true, WorkingDirectory = Repository.Root })!;

        var said = await agent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, agent.ExitCode);
        Assert.StartsWith("fieldnet: the ready line can't be written: ", said, StringComparison.Ordinal);
        Assert.Equal("stop", await LastRecordAsync(data.Path));
    }

    private static int ChildOf(int process)
    {
        foreach (var folder in Directory.GetDirectories($"/proc/{process}/task"))
        {
            if (File.ReadAllText(Path.Combine(folder, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..])
            {
                return int.Parse(child, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException($"process {process} has no child");
    }

    private static async Task<string?> LastRecordAsync(string folder)
    {
        var (exitCode, output) = await AgentProcess.RunAsync("inspect", folder, "--records", "-");
        Assert.Equal(0, exitCode);
        using var record = JsonDocument.Parse(output.Split('\n')[^1]);
        return record.RootElement.GetProperty("kind").GetString();
    }
}
