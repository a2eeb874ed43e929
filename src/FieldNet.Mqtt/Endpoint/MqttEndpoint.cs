using System.Collections.Concurrent;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The MQTT endpoint: all connections of all listeners, their limits, and what they share.</summary>
/// <remarks>
/// Lifetime: one for all listeners. Stop it before the sequencer: each connection posts its Close as it ends.
/// Threading: any thread; one timer for all time limits.
/// </remarks>
public sealed class MqttEndpoint : IDisposable
{
    private static readonly TimeSpan TimeCheckPeriod = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MqttConnection, byte> _connections = new();
    private readonly ITimer _timer;
    private int _open;

    public MqttEndpoint(
        IIngress ingress, ICommitMark mark, MqttBroker broker, MqttEndpointOptions options, MqttMetrics metrics, TimeProvider? time = null)
    {
        Ingress = ingress;
        Mark = mark;
        Broker = broker;
        Options = options;
        Metrics = metrics;
        Time = time ?? TimeProvider.System;
        _timer = Time.CreateTimer(static endpoint => ((MqttEndpoint)endpoint!).CheckTimes(), this, TimeCheckPeriod, TimeCheckPeriod);
    }

    internal IIngress Ingress { get; }

    internal ICommitMark Mark { get; }

    internal MqttBroker Broker { get; }

    internal MqttEndpointOptions Options { get; }

    internal MqttMetrics Metrics { get; }

    internal TimeProvider Time { get; }

    /// <summary>Ends every connection with leave to come back (MQTT 5: DISCONNECT 0x8B). The transports then close them.</summary>
    public void EndAll()
    {
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
        if (Interlocked.Increment(ref _open) > Options.MaxConnections)
        {
            Interlocked.Decrement(ref _open);
            Ingress.Refuse(Refusal.TooManyConnections, 0, "", transport.RemoteEndPoint?.ToString() ?? "", "connections in all");
            return null;
        }

        var connection = new MqttConnection(transport, this);
        _connections.TryAdd(connection, 0);
        Metrics.ConnectionOpened();
        return connection;
    }

    /// <summary>The connection has ended and its Close is posted.</summary>
    internal void Leave(MqttConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Metrics.ConnectionClosed();
            Interlocked.Decrement(ref _open);
        }
    }

    private void CheckTimes()
    {
        var now = Time.GetTimestamp();
        foreach (var (connection, _) in _connections)
        {
            connection.CheckTime(now);
        }
    }
}
