using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>P1 on the whole agent: nothing acknowledged is lost, and no acknowledgement goes before the fsync that covers it.</summary>
public sealed class AcknowledgedTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(3000)]
    public async Task Kill9_InMidStream_EveryAcknowledgedMessageIsInTheLogOnceInOrder(int acknowledgementsBeforeKill)
    {
        using var data = new DataFolder();
        var acknowledged = new ConcurrentQueue<ulong>();
        await using (var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            await using var client = await ConnectAsync(agent, acknowledged);
            ulong seq = 0;
            while (acknowledged.Count < acknowledgementsBeforeKill)
            {
                if (!client.TryPublish(Encoding.UTF8.GetBytes(VitalsStream.Topic), VitalsStream.Payload(++seq), qos: 1, token: seq))
                {
                    seq--;
                    await client.WaitForRoomAsync(TestContext.Current.CancellationToken);
                }
            }

            await agent.KillAsync();
            await client.Closed;
        }

        await using (var restarted = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            Assert.Equal(0, await restarted.StopAsync());
        }

        var logged = await VitalsStream.LoggedSeqsAsync(data.Path);
        Assert.Empty(acknowledged.Except(logged));
        Assert.Equal(logged.Distinct().Order(), logged);
    }

    [Fact]
    public async Task Strace_EachPuback_FollowsAnFsyncOfItsRecord()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed.");
        using var data = new DataFolder();
        using var trace = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        const string calls = "trace=fsync,fdatasync,pwrite64,pwritev,write,send,sendto,sendmsg";
        string[] arguments = ["-f", "-p", $"{agent.Id}", "-o", trace.File("trace"), "-s", "64", "-xx", "-e", calls];
        using var strace = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardError = true })!;
        await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        var acknowledged = new ConcurrentQueue<ulong>();
        await using var client = await ConnectAsync(agent, acknowledged);

        const int messages = 40;
        for (ulong seq = 1; seq <= messages; seq++)
        {
            await client.PublishAsync(VitalsStream.Topic, VitalsStream.Payload(seq), qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await agent.StopAsync());
        await strace.WaitForExitAsync(TestContext.Current.CancellationToken);
        var pubacks = SyncTrace.CountPubacksBehindTheirFsync(File.ReadLines(trace.File("trace")), out var early);
        Assert.Equal(0, early);
        Assert.Equal(messages, pubacks);
    }

    [Fact]
    public async Task Replay_OfARunWithRestartAndKill_GivesTheLiveRunsEvents()
    {
        using var data = new DataFolder();
        foreach (var kill in (bool[])[false, true, false])
        {
            await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
            var beds = AgentProcess.RunAsync("simulate", "--to", $"mqtt://127.0.0.1:{agent.Mqtt.Port}", "--beds", "3", "--for", "6s", "--seed", "4", "--demo-script");
            if (kill)
            {
                await WallPage.UntilAsync(() => Task.FromResult(new FileInfo(data.File("events.jsonl")).Length > 0), TimeSpan.FromSeconds(10), "some events");
                await agent.KillAsync();
            }

            await beds;
            if (!kill)
            {
                Assert.Equal(0, await agent.StopAsync());
            }
        }

        var live = await File.ReadAllTextAsync(data.File("events.jsonl"), TestContext.Current.CancellationToken);
        var replayed = data.File("replayed.jsonl");
        Assert.Equal(0, (await AgentProcess.RunAsync("replay", data.Path, "--events", replayed)).ExitCode);

        Assert.NotEmpty(live);
        Assert.Equal(live, await File.ReadAllTextAsync(replayed, TestContext.Current.CancellationToken));
    }

    private static Task<MqttClient> ConnectAsync(AgentProcess agent, ConcurrentQueue<ulong> acknowledged) => MqttClient.ConnectAsync(
        "127.0.0.1", agent.Mqtt.Port,
        new MqttClientOptions { ClientId = "bed-01", Acknowledged = (token, _) => acknowledged.Enqueue(token) },
        cancellationToken: TestContext.Current.CancellationToken);
}
