using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>Cuts one direction of a connection into MQTT packets, and finds the next one behind a gap.</summary>
/// <remarks>
/// Shape: searching (for a segment that begins with a packet), then framing, until the stream is broken. A gap inside one packet costs that
/// packet; a gap over its end, all up to the next packet that can be told.
/// </remarks>
internal sealed class MqttStream(MqttConversation conversation, bool fromOpener, CaptureLimits limits, CaptureBudget budget) : IByteStream
{
    private const int LastingBufferBytes = 4096;

    private State _state;
    private byte[] _kept = [];
    private int _keptBytes;
    private bool _hasTaken;

    /// <summary>What is still to come of a packet that is not kept.</summary>
    private long _passBytes;
    private byte _passHeader;
    private bool _isPassedPacketDamaged;

    private enum State : byte
    {
        Searching,
        Framing,
        Broken,
    }

    /// <summary>The other direction has shown that this is MQTT.</summary>
    public void Recognised(bool hasBeginning)
    {
        if (hasBeginning && !_hasTaken)
        {
            _state = State.Framing;
        }
    }

    public void Take(ReadOnlySpan<byte> bytes, bool startsSegment)
    {
        if (_state == State.Broken)
        {
            return;
        }

        if (_state == State.Searching && !IsFound(bytes, startsSegment))
        {
            _hasTaken = true;
            return;
        }

        _hasTaken = true;
        _state = State.Framing;
        Frame(bytes);
    }

    public void Lose(long bytes)
    {
        conversation.Lost(fromOpener, bytes);
        if (_state != State.Framing)
        {
            _keptBytes = 0;
            return;
        }

        var rest = RestOfPacket(out var header);
        Release();
        if (bytes <= rest)
        {
            _passHeader = header;
            _passBytes = rest - bytes;
            _isPassedPacketDamaged = _passBytes > 0;
        }
        else
        {
            _passBytes = 0;
            _state = State.Searching;
        }
    }

    /// <summary>Gives its memory back; nothing more comes.</summary>
    public void Close()
    {
        _state = State.Broken;
        Release();
    }

    private bool IsFound(ReadOnlySpan<byte> bytes, bool startsSegment)
    {
        if (conversation.Connection is { } connection)
        {
            return startsSegment
                && MqttDetection.IsPacketStart(bytes, connection.Version, conversation.IsFromClient(fromOpener), limits.MaxPacketBytes);
        }

        if (conversation.IsEncrypted)
        {
            return false;
        }

        var wasHeld = _keptBytes > 0;
        if (startsSegment && !wasHeld && MqttDetection.IsTls(bytes))
        {
            conversation.Encrypt();
            return false;
        }

        if (_hasTaken && !wasHeld && conversation.HasBeginning(fromOpener))
        {
            return false;
        }

        // A first segment may be too short to tell; then it is held and the next one put behind it.
        Span<byte> head = stackalloc byte[MqttDetection.ConnectHeadBytes];
        _kept.AsSpan(0, _keptBytes).CopyTo(head);
        var added = Math.Min(bytes.Length, head.Length - _keptBytes);
        bytes[..added].CopyTo(head[_keptBytes..]);
        switch (MqttDetection.IsConnect(head[..(_keptBytes + added)]))
        {
            case true:
                conversation.Recognise(fromOpener, isClient: true);
                return true;
            case null:
                Append(bytes);
                return false;
        }

        _keptBytes = 0;
        if (wasHeld || conversation.HasBeginning(fromOpener) || !startsSegment)
        {
            return false;
        }

        if (!MqttDetection.IsWholePackets(bytes, conversation.IsOnUsualPort, out var fromClient))
        {
            return false;
        }

        conversation.Recognise(fromOpener, fromClient ?? conversation.IsLikelyClient(fromOpener));
        return true;
    }

    private void Frame(ReadOnlySpan<byte> bytes)
    {
        Pass(ref bytes);
        var isJoined = _keptBytes > 0;
        if (isJoined && !bytes.IsEmpty)
        {
            Append(bytes);
        }

        var rest = isJoined ? _kept.AsSpan(0, _keptBytes) : bytes;
        while (!rest.IsEmpty)
        {
            if (MqttFixedHeader.Type(rest[0]) == MqttPacketType.Reserved)
            {
                Break();
                return;
            }

            switch (MqttFramer.TryReadFrame(rest, limits.MaxPacketBytes, out var header, out var body, out var packetBytes))
            {
                case FrameStatus.Complete:
                    conversation.Packet(fromOpener, header, body, isWhole: true);
                    rest = rest[packetBytes..];
                    continue;
                case FrameStatus.Malformed:
                    Break();
                    return;
                case FrameStatus.TooLarge:
                    BeginToPass(header, TotalBytes(rest));
                    Pass(ref rest);
                    continue;
            }

            Keep(rest);
            return;
        }

        Release();
    }

    /// <summary>Lets go by what belongs to a packet that is not kept.</summary>
    private void Pass(ref ReadOnlySpan<byte> bytes)
    {
        if (_passBytes == 0)
        {
            return;
        }

        var passed = (int)Math.Min(_passBytes, bytes.Length);
        bytes = bytes[passed..];
        _passBytes -= passed;
        if (_passBytes == 0 && !_isPassedPacketDamaged)
        {
            conversation.Packet(fromOpener, _passHeader, default, isWhole: false);
        }
    }

    private void BeginToPass(byte header, long bytes)
    {
        _passHeader = header;
        _passBytes = bytes;
        _isPassedPacketDamaged = false;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        // The little that a header takes is never refused.
        if (rest.Length > Math.Max(_kept.Length, LastingBufferBytes) && !budget.HasRoomFor(2 * rest.Length))
        {
            BeginToPass(rest[0], TotalBytes(rest) - rest.Length);
            Release();
            return;
        }

        Reserve(rest.Length);
        rest.CopyTo(_kept);
        _keptBytes = rest.Length;
    }

    /// <summary>Less than a packet is kept, so this makes at most a packet and a segment.</summary>
    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(_keptBytes + bytes.Length);
        bytes.CopyTo(_kept.AsSpan(_keptBytes));
        _keptBytes += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        var before = _kept.Length;
        if (before < bytes)
        {
            Array.Resize(ref _kept, Math.Max(256, bytes * 2));
            budget.Take(_kept.Length - before);
        }
    }

    private void Release()
    {
        _keptBytes = 0;
        if (_kept.Length > LastingBufferBytes || _state == State.Broken)
        {
            budget.Return(_kept.Length);
            _kept = [];
        }
    }

    private void Break()
    {
        _state = State.Broken;
        Release();
        conversation.Broken(fromOpener);
    }

    /// <summary>How much of the packet begun is still to come; 0 when none is, or it can't be told.</summary>
    private long RestOfPacket(out byte header)
    {
        header = _keptBytes > 0 ? _kept[0] : _passHeader;
        return _keptBytes > 0 ? Math.Max(0, TotalBytes(_kept.AsSpan(0, _keptBytes)) - _keptBytes) : _passBytes;
    }

    /// <summary>0 while the length has not come whole.</summary>
    private static long TotalBytes(ReadOnlySpan<byte> packet) =>
        MqttVarint.TryRead(packet[1..], out var length, out var lengthBytes) == FrameStatus.Complete ? 1 + lengthBytes + length : 0;
}
