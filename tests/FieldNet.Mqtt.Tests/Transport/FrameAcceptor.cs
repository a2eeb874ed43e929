using System.Collections.Concurrent;
using System.Net;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace FieldNet.Mqtt.Tests.Transport;

/// <summary>An endpoint of <see cref="FrameProtocol"/>s.</summary>
internal sealed class FrameAcceptor : IAcceptor
{
    private int _open;

    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>Of each connection's CompleteAsync.</summary>
    public Task Completion { get; init; } = Task.CompletedTask;

    /// <summary>No connection takes anything while it is set; wake their readers when it is not any more.</summary>
    public bool IsPaused { get; set; }

    public ConcurrentQueue<FrameProtocol> Accepted { get; } = new();

    public ConcurrentQueue<(Refusal Reason, string Detail)> Refused { get; } = new();

    public ConcurrentQueue<Exception> Faults { get; } = new();

    public int Open => Volatile.Read(ref _open);

    /// <summary>A connection handler for Kestrel.</summary>
    public static async Task ServeAsync(ConnectionContext connection, FrameAcceptor acceptor)
    {
        var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        var transport = new PipeTransport(connection.Transport, connection.RemoteEndPoint, certificate, connection.Abort, TimeProvider.System);
        if (acceptor.Accept(transport) is not FrameProtocol protocol)
        {
            connection.Abort();
            return;
        }

        await transport.RunAsync(protocol);
    }

    public IProtocol? Accept(ITransport transport)
    {
        if (Open >= MaxConnections)
        {
            return null;
        }

        Interlocked.Increment(ref _open);
        var protocol = new FrameProtocol(transport, this);
        Accepted.Enqueue(protocol);
        return protocol;
    }

    public void Refuse(Refusal reason, EndPoint? remote, string detail) => Refused.Enqueue((reason, detail));

    public void Faulted(EndPoint? remote, Exception fault) => Faults.Enqueue(fault);

    public void Left() => Interlocked.Decrement(ref _open);

    public void EndAll()
    {
        foreach (var protocol in Accepted)
        {
            protocol.Finish();
        }
    }
}
