using System.Collections.Concurrent;
using System.Net;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The MQTT endpoint: all connections of all listeners, their limits, and what they share.</summary>
/// <remarks>
/// Lifetime: one for all listeners. Stop it before the sequencer: each connection posts its Close as it ends.
/// Threading: any thread; one timer for all time limits.
/// </remarks>
public sealed partial class MqttEndpoint : IAcceptor, IDisposable
{
    private static readonly TimeSpan TimeCheckPeriod = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MqttConnection, byte> _connections = new();
    private readonly ConcurrentDictionary<IPAddress, int> _byAddress = new();
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private int _open;
    private bool _isEnding;

    public MqttEndpoint(
        IIngress ingress, ICommitMark mark, MqttBroker broker, MqttEndpointOptions options, MqttMetrics metrics,
        IMqttPolicy? policy = null, TimeProvider? time = null, ILogger<MqttEndpoint>? logger = null)
    {
        Ingress = ingress;
        Mark = mark;
        Broker = broker;
        Options = options;
        Metrics = metrics;
        Policy = policy ?? new OpenMqttPolicy();
        Time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<MqttEndpoint>.Instance;
        _timer = Time.CreateTimer(static endpoint => ((MqttEndpoint)endpoint!).CheckTimes(), this, TimeCheckPeriod, TimeCheckPeriod);
    }

    internal IIngress Ingress { get; }

    internal ICommitMark Mark { get; }

    internal MqttBroker Broker { get; }

    internal MqttEndpointOptions Options { get; }

    internal MqttMetrics Metrics { get; }

    internal IMqttPolicy Policy { get; }

    internal TimeProvider Time { get; }

    /// <summary>Ends every connection with leave to come back (MQTT 5: DISCONNECT 0x8B), and whichever comes yet. The transports then close them.</summary>
    public void EndAll()
    {
        Interlocked.Exchange(ref _isEnding, true);
        foreach (var (connection, _) in _connections)
        {
            connection.EndWith(ConnectionEnd.ServerStopping);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Takes a new connection.</summary>
    /// <returns>Null when a limit refuses it: the transport closes it at once.</returns>
    internal MqttConnection? Accept(ITransport transport)
    {
        var address = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var refusal = Interlocked.Increment(ref _open) > Options.MaxConnections ? Refusal.TooManyConnections
            : _byAddress.AddOrUpdate(address, 1, static (_, count) => count + 1) > Options.MaxConnectionsPerAddress ? Refusal.TooManyConnectionsFromAddress
            : Refusal.None;
        if (refusal != Refusal.None)
        {
            Ingress.Refuse(refusal, 0, "", transport.RemoteEndPoint?.ToString() ?? "", "one connection too many");
            Release(address, counted: refusal == Refusal.TooManyConnectionsFromAddress);
            return null;
        }

        var connection = new MqttConnection(transport, this);
        _connections.TryAdd(connection, 0);
        Metrics.ConnectionOpened();
        // Behind the addition: either EndAll finds it, or it finds the flag.
        if (Interlocked.CompareExchange(ref _isEnding, false, false))
        {
            connection.EndWith(ConnectionEnd.ServerStopping);
        }

        return connection;
    }

    /// <summary>The connection has ended and its Close is posted.</summary>
    internal void Leave(MqttConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Metrics.ConnectionClosed();
            Release(connection.RemoteAddress, counted: true);
        }
    }

    private void Release(IPAddress address, bool counted)
    {
        Interlocked.Decrement(ref _open);
        if (counted && _byAddress.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
        {
            // Only if it is still 0: another may have come meanwhile.
            _byAddress.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    IProtocol? IAcceptor.Accept(ITransport transport) => Accept(transport);

    void IAcceptor.Refuse(Refusal reason, EndPoint? remote, string detail) => Ingress.Refuse(reason, 0, "", remote?.ToString() ?? "", detail);

    void IAcceptor.Faulted(EndPoint? remote, Exception fault)
    {
        Metrics.ConnectionFaulted();
        LogFault(_logger, fault, remote);
    }

    [LoggerMessage(1001, LogLevel.Error, "A connection from {Remote} was ended by a fault of our own; the others go on. Please report this.")]
    private static partial void LogFault(ILogger logger, Exception fault, EndPoint? remote);

    private void CheckTimes()
    {
        var now = Time.GetTimestamp();
        foreach (var (connection, _) in _connections)
        {
            connection.CheckTime(now);
        }
    }
}
