using System.Net;
using System.Net.Sockets;

namespace FieldNet.Slice.Stamp;

/// <summary>A Session-Reflector on a UDP port.</summary>
/// <remarks>Threading: a thread of its own, from the kernel's time of a request to the answer. Lifetime: <see cref="Dispose"/> stops it within a fifth of a second.</remarks>
public sealed class StampReflector : IDisposable
{
    private readonly DatagramSocket _socket;
    private readonly StampReflection _reflection;
    private readonly StampClock _clock;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    /// <exception cref="SocketException">The address can't be had.</exception>
    public StampReflector(IPEndPoint listen, StampKey? key, bool isStateless, TimeProvider time)
    {
        _clock = new StampClock(time);
        _socket = new DatagramSocket(listen, dscp: null, _clock);
        _reflection = new StampReflection(key, isStateless);
        _thread = new Thread(Run) { IsBackground = true, Name = "fieldnet-reflector" };
        _thread.Start();
    }

    /// <summary>With the port that is really bound.</summary>
    public IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    /// <inheritdoc cref="StampReflection.Reflected"/>
    public long Reflected => _reflection.Reflected;

    /// <inheritdoc cref="StampReflection.Dropped"/>
    public long Dropped => _reflection.Dropped;

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        var buffer = DatagramSocket.Buffer(64 * 1024);
        var from = new SocketAddress(_socket.LocalEndPoint.AddressFamily);
        while (!_isStopping)
        {
            var count = _socket.Receive(buffer, from, out var note);
            if (count <= 0)
            {
                continue;
            }

            var packet = buffer.AsSpan(0, count);
            if (_reflection.TryTake(packet, from, note.Ttl, note.UtcNs, out var answer))
            {
                // The way back is measured in the class of the way there.
                _socket.UseDscp(note.Dscp);
                _reflection.Write(answer, packet, _clock.UtcNs);
                _socket.TrySendTo(packet, from);
            }
        }
    }
}
