using System.Collections.Concurrent;
using FieldNet.Dashboard.Health;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>FieldNet as a client of an existing broker: comes back for ever, and says in the log when it is there and when not.</summary>
/// <remarks>Lifetime: <see cref="Start"/> once the sequencer runs, <see cref="StopAsync"/> before it stops.</remarks>
internal sealed class BrokerLink : IMqttLinkUser, IHealthSource, IAsyncDisposable
{
    /// <summary>Room for what is refused; larger packets than this end the connection (before MQTT 5; after, they are never sent).</summary>
    private const int LargestPacketBytes = 16 * 1024 * 1024;

    /// <summary>A dead broker is noticed within two of these; each stream's age is watched by itself meanwhile.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <summary>While we are away the whole ward is dark: one client may knock often.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250), LongestWait = TimeSpan.FromSeconds(5);

    private readonly BrokerLinkOptions _options;
    private readonly Func<BrokerConnection> _newConnection;
    private readonly MqttLink _link;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, MqttReasonCode> _refused = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private volatile string? _absence = "not yet connected";
    private bool _absenceIsLogged;

    /// <param name="random01">Of the waits between tries.</param>
    public BrokerLink(
        BrokerLinkOptions options, IIngress ingress, ICommitMark mark, ReceivedMessages received, TimeProvider time, Func<double> random01)
    {
        _options = options;
        Counts = new BrokerCounts(() => _absence is null);
        _newConnection = () => new BrokerConnection(options, ingress, mark, received, Counts);
        var client = new MqttClientOptions
        {
            ClientId = options.ClientId,
            UserName = options.UserName,
            Password = options.Password,
            Tls = options.Tls,
            KeepAlive = KeepAlive,
            CleanStart = false,
            SessionExpiry = options.SessionExpiry,
            MaxPacketBytes = LargestPacketBytes,
            ManualAcknowledge = true,
        };
        _link = new MqttLink(
            new MqttLinkOptions
            {
                Server = options.Server,
                Client = client,
                FirstWait = FirstWait,
                LongestWait = LongestWait,
                // QoS 1 is the most that the contract's senders use. What is retained comes when a subscription is new, and is old.
                Subscriptions = [.. options.Topics.Select(filter => new MqttSubscription(filter, Qos: 1, RetainHandling: 1))],
            },
            this, time, random01);
    }

    public BrokerCounts Counts { get; }

    /// <inheritdoc/>
    public string Name => "broker";

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasons =>
    [
        .. _absence is { } why ? [$"No connection to the broker {_options.Server}: {why}."] : Array.Empty<string>(),
        .. _refused.Select(refusal => $"The broker refuses the subscription to {refusal.Key} ({refusal.Value})."),
    ];

    public void Start() => _running = Task.Run(() => _link.RunAsync(_stopping.Token));

    /// <summary>Takes leave of the broker, which keeps the session; what was not acknowledged comes again at the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Counts.Dispose();
    }

    /// <inheritdoc/>
    IMqttReceiver IMqttLinkUser.Receiver() => _newConnection();

    /// <inheritdoc/>
    void IMqttLinkUser.Connected()
    {
        (_absence, _absenceIsLogged) = (null, false);
        _refused.Clear();
    }

    /// <inheritdoc/>
    void IMqttLinkUser.Subscribed(string filter, MqttReasonCode reason)
    {
        if (reason >= MqttReasonCode.UnspecifiedError)
        {
            _refused[filter] = reason;
        }
    }

    /// <inheritdoc/>
    ValueTask IMqttLinkUser.FailedAsync(IMqttReceiver receiver, MqttClientException why) => LostAsync((BrokerConnection)receiver, why.InnerException?.Message ?? why.Message);

    /// <inheritdoc/>
    ValueTask IMqttLinkUser.EndedAsync(IMqttReceiver receiver, MqttClientClosed why) => (_stopping.IsCancellationRequested, (BrokerConnection)receiver) switch
    {
        (false, var connection) => LostAsync(connection, why.Detail),
        (true, { IsOpen: true } connection) => TellAsync(connection, BrokerJson.Stopping()),
        _ => ValueTask.CompletedTask,
    };

    /// <summary>One record for each absence, however many tries it takes.</summary>
    private async ValueTask LostAsync(BrokerConnection connection, string why)
    {
        _absence = why.TrimEnd('.');
        if (!_absenceIsLogged || connection.IsOpen)
        {
            _absenceIsLogged = true;
            await TellAsync(connection, BrokerJson.Lost(_absence)).ConfigureAwait(false);
        }
    }

    private async ValueTask TellAsync(BrokerConnection connection, byte[] payload)
    {
        try
        {
            await connection.CloseAsync(payload).AsTask().WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // No connection follows that would have to wait; the sequencer takes what the ring holds as it stops, if it can.
        }
    }
}
