using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The write side of a client: packets are encoded into one buffer while the other is on its way.</summary>
/// <remarks>
/// Threading: any thread may write, one loop sends; each send takes all that has gathered.
/// Full policy: bounded bytes; a PUBLISH that does not fit is not taken, small packets of the protocol always are.
/// </remarks>
internal sealed class ClientSender(ClientWire wire, MqttClientOptions options)
{
    /// <summary>3.3.1.1.</summary>
    private const byte DuplicateFlag = 0b1000;

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
    public void Write(ReadOnlySpan<byte> packet)
    {
        lock (_gate)
        {
            if (!_isLeaving)
            {
                _pending.Write(packet);
                _hasWritten = true;
            }
        }

        _signal.Set();
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    public void Write(AckPacket packet, MqttPacketType type)
    {
        lock (_gate)
        {
            if (!_isLeaving)
            {
                packet.Write(_pending, options.ProtocolVersion, type);
                _hasWritten = true;
            }
        }

        _signal.Set();
    }

    /// <summary>Takes a PUBLISH of an earlier connection; there is always room, since the session's window bounds them.</summary>
    public void WriteAgain(ReadOnlySpan<byte> publish, bool duplicate)
    {
        lock (_gate)
        {
            if (!_isLeaving)
            {
                _pending.Write([duplicate ? (byte)(publish[0] | DuplicateFlag) : publish[0]]);
                _pending.Write(publish[1..]);
                _hasWritten = true;
            }
        }

        _signal.Set();
    }

    /// <summary>Takes the last packet of the connection.</summary>
    public void WriteLast(DisconnectPacket packet)
    {
        lock (_gate)
        {
            if (!_isLeaving)
            {
                packet.Write(_pending, options.ProtocolVersion);
                _isLeaving = true;
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
    /// <remarks>Errors: throws what <see cref="ClientWire.IsFault"/> knows when the connection is gone or was closed here.</remarks>
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
                    await wire.EndSendingAsync().ConfigureAwait(false);
                    return;
                }

                await _signal.WaitAsync().ConfigureAwait(false);
                continue;
            }

            Drained?.Invoke();
            await wire.SendAsync(_sending.WrittenMemory).ConfigureAwait(false);
            _sending.ResetWrittenCount();
        }
    }
}
