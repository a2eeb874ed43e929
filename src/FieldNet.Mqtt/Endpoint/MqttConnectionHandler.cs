using System.Collections.Concurrent;
using FieldNet.Mqtt.Broker;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The MQTT endpoint on Kestrel: <c>listenOptions.UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>.</summary>
/// <remarks>
/// Lifetime: one for all listeners. Stop Kestrel before the sequencer: each connection posts its Close as it ends.
/// Threading: one read loop and one write loop a connection, and one timer for all their time limits.
/// </remarks>
public sealed class MqttConnectionHandler : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan TimeCheckPeriod = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<MqttConnection, byte> _connections = new();
    private readonly ITimer _timer;
    private int _open;

    public MqttConnectionHandler(
        IIngress ingress, ICommitMark mark, MqttBroker broker, MqttEndpointOptions options, MqttMetrics metrics, TimeProvider? time = null)
    {
        Ingress = ingress;
        Mark = mark;
        Broker = broker;
        Options = options;
        Metrics = metrics;
        Time = time ?? TimeProvider.System;
        _timer = Time.CreateTimer(static handler => ((MqttConnectionHandler)handler!).CheckTimes(), this, TimeCheckPeriod, TimeCheckPeriod);
    }

    internal IIngress Ingress { get; }

    internal ICommitMark Mark { get; }

    internal MqttBroker Broker { get; }

    internal MqttEndpointOptions Options { get; }

    internal MqttMetrics Metrics { get; }

    internal TimeProvider Time { get; }

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (Interlocked.Increment(ref _open) > Options.MaxConnections)
        {
            Interlocked.Decrement(ref _open);
            Ingress.Refuse(Refusal.TooManyConnections, 0, "", connection.RemoteEndPoint?.ToString() ?? "", "connections in all");
            connection.Abort();
            return;
        }

        var served = new MqttConnection(connection, this);
        _connections.TryAdd(served, 0);
        Metrics.ConnectionOpened();
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var registration = stopping.UnsafeRegister(static c => ((MqttConnection)c!).EndWith(ConnectionEnd.ServerStopping), served);
        try
        {
            await served.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(served, out _);
            Metrics.ConnectionClosed();
            Interlocked.Decrement(ref _open);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void CheckTimes()
    {
        var now = Time.GetTimestamp();
        foreach (var (connection, _) in _connections)
        {
            connection.CheckTime(now);
        }
    }
}
