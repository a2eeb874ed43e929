using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>Paho Python by <c>paho_python.py</c>, which says what it found wanting.</summary>
public sealed class PahoPythonTests(ServedAgent agent)
{
    [Theory]
    [InlineData("3.1", "tcp")]
    [InlineData("3.1.1", "tcp")]
    [InlineData("3.1.1", "websockets")]
    [InlineData("3.1.1", "tls")]
    [InlineData("5", "tcp")]
    [InlineData("5", "websockets")]
    [InlineData("5", "tls")]
    public async Task Client_VersionAndTransport_FindsNothingWanting(string version, string transport)
    {
        Tool.Require("/usr/lib/python3/dist-packages/paho/mqtt/client.py", "python3-paho-mqtt");
        var port = transport switch { "websockets" => agent.Http.Port, "tls" => agent.Mqtts.Port, _ => agent.Mqtt.Port };
        var script = Path.Combine(Repository.Root, "tests", "FieldNet.EndToEnd.Tests", "Clients", "paho_python.py");

        var lines = await Tool.RunAsync("/usr/bin/python3", script, version, transport, $"{port}", agent.Authority);

        Assert.Equal("all is well", lines[^1]);
    }
}
