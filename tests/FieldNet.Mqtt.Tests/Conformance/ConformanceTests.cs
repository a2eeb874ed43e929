using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>A server under test, and clients of one version of the standard.</summary>
/// <remarks>Shape: each test method is named after the statement it tests; <c>docs/mqtt-conformance.md</c> lists them all.</remarks>
public abstract class ConformanceTests(byte version) : IAsyncLifetime
{
    private readonly List<Peer> _peers = [];
    private readonly ManualTime _time = new();

    private protected EndpointHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await EndpointHost.StartAsync(time: _time);

    public async ValueTask DisposeAsync()
    {
        _peers.ForEach(peer => peer.Dispose());
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void Advance(TimeSpan by)
    {
        _time.Advance(by);
        Host.Ingress.Tick();
    }

    /// <summary>A TCP connection that has said nothing yet.</summary>
    private protected async Task<Peer> OpenAsync()
    {
        var peer = new Peer(await Host.OpenAsync(), version);
        _peers.Add(peer);
        return peer;
    }

    private protected async Task<Peer> ConnectAsync(
        string clientId = "client", bool clean = true, ushort keepAlive = 0, byte[]? properties = null, LastWill? will = null)
    {
        var peer = await OpenAsync();
        await peer.ConnectAsync(clientId, clean, keepAlive, properties, will);
        return peer;
    }

    /// <summary>A client whose session outlives its connection.</summary>
    private protected Task<Peer> ConnectLastingAsync(string clientId = "client", bool clean = false) =>
        ConnectAsync(clientId, clean, properties: version >= Wire.V5 ? Property.SessionExpiry(3600) : null);

    /// <summary>A CONNECT that must be refused: at most a CONNACK that says so, then the end.</summary>
    private protected async Task AssertConnectRefusedAsync(byte[] connect, params byte[] reasons)
    {
        var peer = await OpenAsync();
        await peer.SendAsync(connect);
        if (reasons.Length > 0)
        {
            var answer = await peer.NextAsync(Heard.ConnAck);
            Assert.Contains(answer.Reason, reasons);
            Assert.False(answer.SessionPresent);
        }

        await peer.AssertClosedAsync();
        Assert.Empty(Host.Ingress.Records);
    }

    /// <summary>A connected client that sends this is ended, with that reason in MQTT 5; its neighbour is not.</summary>
    private protected async Task AssertEndedAsync(byte[] packet, byte reason = 0x81)
    {
        var neighbour = await ConnectAsync("neighbour");
        var peer = await ConnectAsync("offender");
        await peer.SendAsync(packet);
        await peer.AssertEndedAsync(reason);
        await neighbour.AskAsync(Wire.Ping, Heard.PingResp);
    }

    /// <summary>The end of the client's last connection has reached the broker.</summary>
    private protected Task ClosedAsync(string clientId) => Until.HoldsAsync(
        () =>
        {
            var records = Host.Ingress.Records;
            var connection = records.LastOrDefault(r => r.Kind == RecordKind.Connect && r.Client == clientId)?.Connection;
            return records.Any(r => r.Kind == RecordKind.Close && r.Connection == connection);
        },
        $"close of {clientId}");
}
