using System.Buffers;
using System.Net.Sockets;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The write side of a client: packets are encoded into one buffer while the other is on its way.</summary>
/// <remarks>
/// Threading: any thread may write, one loop sends; each send takes all that has gathered.
/// Full policy: bounded bytes; a PUBLISH that does not fit is not taken, small packets of the protocol always are.
/// </remarks>
internal sealed class ClientSender(Socket socket, MqttClientOptions options)
{
    private readonly Lock _gate = new();
    private readonly WakeSignal _signal = new();
    private ArrayBufferWriter<byte> _pending = new();
    private ArrayBufferWriter<byte> _sending = new();
    private bool _isLeaving;
    private bool _hasWritten;
    private bool _isStopped;

    /// <summary>Called by the loop whenever what was pending is on its way: there is room.</summary>
    public Action? Drained { get; init; }

    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return !_isLeaving && _pending.WrittenCount < options.MaxPendingBytes / 2;
            }
        }
    }

    public bool IsLeaving
    {
        get
        {
            lock (_gate)
            {
                return _isLeaving;
            }
        }
    }

    /// <summary>Something was written since the last call.</summary>
    public bool TakeHasWritten()
    {
        lock (_gate)
        {
            var hasWritten = _hasWritten;
            _hasWritten = false;
            return hasWritten;
        }
    }

    /// <returns>False when it is not taken: no room, or leaving.</returns>
    public bool TryPublish(in PublishPacket packet, int packetBytes)
    {
        lock (_gate)
        {
            // Whatever its size, a packet fits while nothing else is pending.
            if (_isLeaving || (_pending.WrittenCount > 0 && _pending.WrittenCount + packetBytes > options.MaxPendingBytes))
            {
                return false;
            }

            packet.Write(_pending, options.ProtocolVersion);
            _hasWritten = true;
        }

        _signal.Set();
        return true;
    }

    /// <summary>Takes a packet of the protocol; nothing more is taken after DISCONNECT.</summary>
    public void Write<T>(T packet, Action<T, IBufferWriter<byte>, MqttProtocolVersion> write, bool isLast = false)
    {
        lock (_gate)
        {
            if (!_isLeaving)
            {
                write(packet, _pending, options.ProtocolVersion);
                _hasWritten = true;
                _isLeaving = isLast;
            }
        }

        _signal.Set();
    }

    /// <summary>The connection is over: lets the loop see it.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopped, true);
        _signal.Set();
    }

    /// <summary>Sends until stopped, the socket fails, or its sending side is shut behind DISCONNECT.</summary>
    /// <exception cref="SocketException">The connection is gone.</exception>
    /// <exception cref="ObjectDisposedException">The socket was closed here.</exception>
    public async Task RunAsync()
    {
        while (!Volatile.Read(ref _isStopped))
        {
            bool isLast;
            lock (_gate)
            {
                (_pending, _sending) = (_sending, _pending);
                isLast = _isLeaving;
            }

            if (_sending.WrittenCount == 0)
            {
                if (isLast)
                {
                    socket.Shutdown(SocketShutdown.Send);
                    return;
                }

                await _signal.WaitAsync().ConfigureAwait(false);
                continue;
            }

            Drained?.Invoke();
            for (var rest = _sending.WrittenMemory; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
            }

            _sending.ResetWrittenCount();
        }
    }
}
