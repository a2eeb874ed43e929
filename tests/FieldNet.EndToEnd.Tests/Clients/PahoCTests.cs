namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>Paho C by Debian's examples: the asynchronous client (paho_c_) and the synchronous one (paho_cs_).</summary>
public sealed class PahoCTests(ServedAgent agent)
{
    private readonly string _topic = $"clients/paho-c/{Guid.NewGuid():N}";

    [Theory]
    [InlineData("c", "31", 1)]
    [InlineData("c", "311", 0)]
    [InlineData("c", "311", 1)]
    [InlineData("c", "311", 2)]
    [InlineData("c", "5", 0)]
    [InlineData("c", "5", 1)]
    [InlineData("c", "5", 2)]
    [InlineData("cs", "311", 2)]
    [InlineData("cs", "5", 2)]
    public Task PubAndSub_EachVersionAndQos_Deliver(string client, string version, int qos) =>
        AssertDeliveredAsync(client, version, qos, $"tcp://127.0.0.1:{agent.Mqtt.Port}");

    [Theory]
    [InlineData("c", "311")]
    [InlineData("c", "5")]
    [InlineData("cs", "5")]
    public Task PubAndSub_WebSocket_Deliver(string client, string version) => AssertDeliveredAsync(client, version, 2, $"ws://127.0.0.1:{agent.Http.Port}/mqtt");

    [Theory]
    [InlineData("c", "5")]
    [InlineData("cs", "311")]
    public Task PubAndSub_Tls_Deliver(string client, string version) =>
        AssertDeliveredAsync(client, version, 1, $"ssl://localhost:{agent.Mqtts.Port}", "--cafile", agent.Authority);

    private async Task AssertDeliveredAsync(string client, string version, int qos, string address, params string[] security)
    {
        Tool.Require("/usr/bin/paho_c_pub", "paho.mqtt.c-examples");
        string[] common = ["-c", address, "-V", version, "-q", $"{qos}", .. security];
        await Tool.RunAsync($"paho_{client}_pub", ["-t", _topic, "-m", "kept", "-r", "-i", $"kept-{Guid.NewGuid():N}"[..20], .. common]);
        await using var subscriber = Tool.Start($"paho_{client}_sub", ["-t", $"{_topic}/#", "-R", "--verbose", "-i", $"sub-{Guid.NewGuid():N}"[..20], .. common]);
        await subscriber.SaysAsync(line => line.Contains("kept", StringComparison.Ordinal), "the retained message");

        await Tool.RunAsync($"paho_{client}_pub", ["-t", $"{_topic}/live", "-m", "live", "-i", $"pub-{Guid.NewGuid():N}"[..20], .. common]);

        await subscriber.SaysAsync(line => line.Contains("live", StringComparison.Ordinal), "the live message");
    }
}
