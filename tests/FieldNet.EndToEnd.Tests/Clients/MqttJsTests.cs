using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>MQTT.js by <c>mqttjs/client.mjs</c>, which says what it found wanting.</summary>
public sealed class MqttJsTests(ServedAgent agent)
{
    [Theory]
    [InlineData("3.1", "mqtt")]
    [InlineData("3.1.1", "mqtt")]
    [InlineData("3.1.1", "ws")]
    [InlineData("5", "mqtt")]
    [InlineData("5", "ws")]
    [InlineData("5", "mqtts")]
    public async Task Client_VersionAndTransport_FindsNothingWanting(string version, string transport)
    {
        var package = Path.Combine(Repository.Root, "tests", "FieldNet.EndToEnd.Tests", "Clients", "mqttjs");
        Assert.SkipUnless(Directory.Exists(Path.Combine(package, "node_modules", "mqtt")), "MQTT.js is not installed: npm ci in Clients/mqttjs.");
        var address = transport switch
        {
            "ws" => $"ws://127.0.0.1:{agent.Http.Port}/mqtt",
            "mqtts" => $"mqtts://localhost:{agent.Mqtts.Port}",
            _ => $"mqtt://127.0.0.1:{agent.Mqtt.Port}",
        };

        var lines = await Tool.RunAsync("node", Path.Combine(package, "client.mjs"), version, address, agent.Authority);

        Assert.Equal("all is well", lines[^1]);
    }
}
