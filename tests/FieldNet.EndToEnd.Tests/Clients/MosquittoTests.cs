using System.Text.RegularExpressions;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>mosquitto_pub and mosquitto_sub, as on any bench.</summary>
public sealed partial class MosquittoTests(ServedAgent agent)
{
    private readonly string _topic = $"clients/mosquitto/{Guid.NewGuid():N}";

    [Fact]
    public async Task Readme_MosquittoPubLine_IsABedside()
    {
        var line = PublishLine().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken));
        Assert.True(line.Success, "README.md shows no mosquitto_pub line");

        await PublishAsync("5", ["-q", line.Groups["qos"].Value, "-t", line.Groups["topic"].Value, "-m", line.Groups["payload"].Value]);

        using var http = new HttpClient { BaseAddress = agent.Http };
        var bed = string.Join('/', line.Groups["topic"].Value.Split('/')[3..5]);
        // The page's state is made a few times a second, not with each message.
        await WallPage.UntilAsync(
            async () => (await http.GetStringAsync("/api/ward")).Contains(bed, StringComparison.Ordinal), TimeSpan.FromSeconds(30), $"{bed} on the wall");
    }

    [Theory]
    [InlineData("31", 0)]
    [InlineData("31", 1)]
    [InlineData("31", 2)]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    [InlineData("5", 2)]
    public async Task PubAndSub_EachVersionAndQos_Deliver(string version, int qos)
    {
        await using var subscriber = await SubscribeAsync(version, ["-q", $"{qos}", "-t", $"{_topic}/+", "-C", "1"]);

        await PublishAsync(version, ["-q", $"{qos}", "-t", $"{_topic}/bed 3 é", "-m", "{\"numerics\":[]}"]);

        await subscriber.EndAsync();
        Assert.Contains($"heard {_topic}/bed 3 é {qos} 0 {{\"numerics\":[]}}", subscriber.Lines);
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Sub_RetainedMessage_ComesWithRetainSetUntilItIsRemoved(string version)
    {
        await PublishAsync(version, ["-q", "1", "-r", "-t", _topic, "-m", "kept"]);
        await using var first = await SubscribeAsync(version, ["-q", "1", "-t", _topic, "-C", "1"]);
        await first.EndAsync();
        Assert.Contains($"heard {_topic} 1 1 kept", first.Lines);

        await PublishAsync(version, ["-q", "1", "-r", "-n", "-t", _topic]);

        await using var second = await SubscribeAsync(version, ["-q", "1", "-t", _topic, "-C", "1"]);
        await PublishAsync(version, ["-q", "1", "-t", _topic, "-m", "live"]);
        await second.EndAsync();
        Assert.Equal([$"heard {_topic} 1 0 live"], second.Lines.Where(l => l.StartsWith("heard", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Sub_KilledWithAWill_ItsWillIsDelivered(string version)
    {
        await using var watcher = await SubscribeAsync(version, ["-q", "1", "-t", $"{_topic}/will", "-C", "1"]);
        await using var doomed = await SubscribeAsync(
            version, ["-t", $"{_topic}/other", "--will-topic", $"{_topic}/will", "--will-payload", "gone", "--will-qos", "1"]);

        doomed.Kill();

        await watcher.EndAsync();
        Assert.Contains($"heard {_topic}/will 1 0 gone", watcher.Lines);
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Sub_LastingSession_GetsWhatCameWhileItWasAway(string version)
    {
        var name = $"away-{Guid.NewGuid():N}";
        string[] session = ["-i", name, "-c", "-q", "2", "-t", _topic, .. version == "5" ? ["-x", "600"] : Array.Empty<string>()];
        await using (var first = await SubscribeAsync(version, [.. session, "-E"]))
        {
            await first.EndAsync();
        }

        await PublishAsync(version, ["-q", "1", "-t", _topic, "-m", "one"]);
        await PublishAsync(version, ["-q", "2", "-t", _topic, "-m", "two"]);

        await using var second = await SubscribeAsync(version, [.. session, "-C", "2"]);
        await second.EndAsync();
        Assert.Equal([$"heard {_topic} 1 0 one", $"heard {_topic} 2 0 two"], second.Lines.Where(l => l.StartsWith("heard", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sub_SharedSubscription_EachMessageGoesToOneMember()
    {
        await using var one = await SubscribeAsync("5", ["-q", "1", "-t", $"$share/ward/{_topic}", "-C", "5"]);
        await using var two = await SubscribeAsync("5", ["-q", "1", "-t", $"$share/ward/{_topic}", "-C", "5"]);

        await PublishAsync("5", ["-q", "1", "-t", _topic, "-m", "x", "--repeat", "10"]);

        await one.EndAsync();
        await two.EndAsync();
    }

    [Fact]
    public async Task Pub_ThousandLargeMessages_AllAcknowledgedAndDelivered()
    {
        await using var subscriber = await SubscribeAsync("5", ["-q", "1", "-t", _topic, "-C", "200"]);

        await PublishAsync("5", ["-q", "1", "-t", _topic, "-m", new string('x', 50_000), "--repeat", "200"]);

        await subscriber.EndAsync();
    }

    [Theory]
    [InlineData("tlsv1.2")]
    [InlineData("tlsv1.3")]
    public async Task Pub_Tls_Delivers(string tls)
    {
        await using var subscriber = await SubscribeAsync("5", ["-q", "1", "-t", _topic, "-C", "1"]);

        await Tool.RunAsync(
            "mosquitto_pub", "-h", "localhost", "-p", $"{agent.Mqtts.Port}", "--cafile", agent.Authority, "--tls-version", tls, "-q", "1", "-t", _topic, "-m", "secret");

        await subscriber.EndAsync();
        Assert.Contains($"heard {_topic} 1 0 secret", subscriber.Lines);
    }

    private async Task<Tool> SubscribeAsync(string version, IEnumerable<string> arguments)
    {
        Tool.Require("/usr/bin/mosquitto_sub", "mosquitto-clients");
        var tool = Tool.Start("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{agent.Mqtt.Port}", "-V", Name(version), "-d", "-F", "heard %t %q %r %p", .. arguments]);
        await tool.SaysAsync(line => line.StartsWith("Subscribed", StringComparison.Ordinal), "Subscribed");
        return tool;
    }

    private Task<IReadOnlyList<string>> PublishAsync(string version, IEnumerable<string> arguments)
    {
        Tool.Require("/usr/bin/mosquitto_pub", "mosquitto-clients");
        return Tool.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{agent.Mqtt.Port}", "-V", Name(version), .. arguments]);
    }

    private static string Name(string version) => $"mqttv{version}";

    [GeneratedRegex(@"^mosquitto_pub -q (?<qos>\d) -t (?<topic>\S+) -m '(?<payload>.*)'$", RegexOptions.Multiline)]
    private static partial Regex PublishLine();
}
