using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Replay;

/// <summary>A tcpdump beside a running agent replays as the agent's own log does.</summary>
public sealed class CapturedTrafficTests
{
    private const string Tcpdump = "/usr/bin/tcpdump";

    [Fact]
    public async Task Replay_OfATcpdumpOnAnyInterface_GivesTheLiveRunsEvents()
    {
        Assert.SkipUnless(File.Exists(Tcpdump) && Environment.UserName == "root", "tcpdump is not here, or may not listen.");
        using var data = new DataFolder();
        var capture = data.File("any.pcap");
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.File("live"));
        using (var tcpdump = await ListenAsync(agent.Mqtt.Port, capture))
        {
            var beds = await AgentProcess.RunAsync("simulate", "--to", $"mqtt://127.0.0.1:{agent.Mqtt.Port}", "--beds", "3", "--for", "6s", "--seed", "4", "--json", data.File("sent.json"));
            Assert.Equal(0, beds.ExitCode);
            await EndAsync(tcpdump);
        }

        Assert.Equal(0, await agent.StopAsync());
        var replay = await AgentProcess.RunAsync("replay", capture, "--events", data.File("replayed.jsonl"), "--json", data.File("replay.json"));

        Assert.Equal(0, replay.ExitCode);
        Assert.Equal(Number(data.File("sent.json"), "sent"), Number(data.File("replay.json"), "records"));
        Assert.Equal(Abouts(Path.Combine(data.File("live"), "events.jsonl")), Abouts(data.File("replayed.jsonl")));
    }

    /// <summary>Starts listening, and waits until it does.</summary>
    private static async Task<Process> ListenAsync(int port, string file)
    {
        var tcpdump = Process.Start(new ProcessStartInfo(Tcpdump, ["-i", "any", "-s", "0", "-B", "32768", "--immediate-mode", "-U", "-Z", "root", "-w", file, $"tcp port {port}"]) { RedirectStandardError = true })!;
        string? said;
        do
        {
            said = await tcpdump.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        while (said?.Contains("listening on", StringComparison.Ordinal) == false);

        return tcpdump;
    }

    private static async Task EndAsync(Process tcpdump)
    {
        using var kill = Process.Start("kill", ["-INT", $"{tcpdump.Id}"]);
        await kill.WaitForExitAsync();
        await tcpdump.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static long Number(string report, string key)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        return json.RootElement.GetProperty(key).GetInt64();
    }

    /// <summary>What happened, whatever the millisecond. Links apart: on a loaded machine a stall of a few milliseconds more decides about them.</summary>
    private static string[] Abouts(string events) =>
    [
        .. File.ReadLines(events).Select(line => JsonNode.Parse(line)!).Where(line => line["kind"]!.GetValue<string>() != "link").Select(line => $"{line["kind"]}/{line["what"]} {line["phase"]} {line["subject"]} {line["severity"]}")
            .Order(StringComparer.Ordinal),
    ];
}
