using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.EndToEnd.Tests.Clients;

[assembly: AssemblyFixture(typeof(ServedAgent))]

namespace FieldNet.EndToEnd.Tests.Clients;

/// <summary>One agent for all the tests of foreign clients, with a certificate of its own for TLS.</summary>
public sealed class ServedAgent : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private AgentProcess? _agent;

    public Uri Mqtt => _agent!.Mqtt;

    public Uri Mqtts => _agent!.Mqtts!;

    public Uri Http => _agent!.Http;

    /// <summary>What a client is to trust, PEM.</summary>
    public string Authority => _data.File("certificate.pem");

    public async ValueTask InitializeAsync()
    {
        await Tool.RunAsync(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", _data.File("key.pem"), "-out", Authority);
        _agent = await AgentProcess.StartAsync(
            "serve", "--port", "0", "--mqtt-port", "0", "--mqtts-port", "0", "--tls-cert", Authority, "--tls-key", _data.File("key.pem"), "--data", _data.File("log"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        _data.Dispose();
    }
}
