using System.Net;
using System.Net.Sockets;
using FieldNet.Mqtt.Endpoint;

namespace FieldNet.Mqtt.Transport;

/// <summary>Plain MQTT over TCP on Linux: a listener and the event loops that serve it (docs/adr/0006-transport.md).</summary>
/// <remarks>
/// Lifetime: end the endpoint's connections (<see cref="MqttEndpoint.EndAll"/>) as it is stopped; stop it before the sequencer.
/// Threading: one thread a loop; members from any.
/// </remarks>
public sealed class EpollTransport : IAsyncDisposable
{
    private readonly EpollListener _listener;
    private readonly EpollLoop[] _loops;

    private EpollTransport(EpollListener listener, EpollLoop[] loops) => (_listener, _loops) = (listener, loops);

    /// <summary>Elsewhere, listen with Kestrel.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>With the port that is really bound.</summary>
    public IPEndPoint LocalEndPoint => _listener.LocalEndPoint;

    /// <summary>How long, since the last call, a socket that was ready may have waited until it was read.</summary>
    public TimeSpan TakeLongestWait() => _loops.Max(static loop => loop.TakeLongestRound());

    internal long Rounds => _loops.Sum(static loop => loop.Rounds);

    /// <summary>Listens and serves.</summary>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public static EpollTransport Start(IPEndPoint address, MqttEndpoint endpoint, EpollOptions? options = null) =>
        Start(address, endpoint, options ?? new EpollOptions(), endpoint.Time);

    internal static EpollTransport Start(IPEndPoint address, IAcceptor acceptor, EpollOptions options, TimeProvider time)
    {
        var listener = new EpollListener(address, options);
        var loops = new EpollLoop[options.Loops];
        for (var i = 0; i < loops.Length; i++)
        {
            loops[i] = new EpollLoop(listener, acceptor, options, time);
            loops[i].Start();
        }

        return new EpollTransport(listener, loops);
    }

    /// <summary>Accepts no more, and waits until every connection has ended and its Close is posted.</summary>
    /// <param name="patience">Cancelled: what is still open is reset.</param>
    public async Task StopAsync(CancellationToken patience = default)
    {
        Stop();
        using var registration = patience.UnsafeRegister(static transport => ((EpollTransport)transport!).AbortAll(), this);
        await Task.WhenAll(_loops.Select(loop => loop.Completed)).ConfigureAwait(false);
    }

    /// <summary>Resets what is still open; does not wait for records that nobody may take any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        AbortAll();
        await Task.WhenAll(_loops.Select(loop => loop.Stopped)).ConfigureAwait(false);
        _listener.Dispose();
    }

    private void Stop()
    {
        _listener.Close();
        Array.ForEach(_loops, static loop => loop.Stop());
    }

    private void AbortAll() => Array.ForEach(_loops, static loop => loop.AbortAll());
}
