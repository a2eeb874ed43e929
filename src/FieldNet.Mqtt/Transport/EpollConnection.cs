using System.Buffers;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Transport;

/// <summary>One TCP connection on an <see cref="EpollLoop"/>.</summary>
/// <remarks>
/// Threading: the loop's thread, but the members of <see cref="ITransport"/> any.
/// Shape: open; then ending (what is written and the farewell go out); then lingering (our side is shut, the peer's bytes are thrown
/// away until it closes too, since a close with unread bytes would reset the connection and take the farewell with it); then closed.
/// Lifetime: the descriptor is closed here and nowhere else, on the loop's thread.
/// </remarks>
internal sealed class EpollConnection(EpollLoop loop, int fd, IPEndPoint? remote, int serial) : ITransport
{
    /// <summary>A part of a packet up to this size is put before what is read next; a larger one is read on behind itself, so that no byte is copied over and over.</summary>
    public const int CopiedBytes = 4096;

    private const int WriterWoken = 1;
    private const int ReaderWoken = 2;

    private IProtocol _protocol = null!;
    private HeldBytes _unread;
    private HeldBytes _unsent;
    private EpollPhase _phase;
    private bool _isReading = true;
    private bool _isPaused;
    private bool _isPeerGone;
    private bool _isCutOff;
    private bool _isCompleted;
    private uint _interest;
    private bool _isWatched;
    private int _accounted;
    private int _wakes;

    public EndPoint? RemoteEndPoint => remote;

    public X509Certificate2? ClientCertificate => null;

    public int Descriptor => fd;

    /// <summary>Tells an event of this connection from one of an earlier connection with the same descriptor.</summary>
    public long Tag { get; } = ((long)serial << 32) | (uint)fd;

    public bool IsClosed => _phase == EpollPhase.Closed;

    public int ReservedBytes => _unread.ReservedBytes + _unsent.ReservedBytes;

    /// <summary>By the loop's clock: when ending or lingering takes too long.</summary>
    public long Deadline { get; private set; }

    /// <summary>The loop's list of the woken.</summary>
    public EpollConnection? NextWoken { get; set; }

    public void WakeWriter() => Wake(WriterWoken);

    public void WakeReader() => Wake(ReaderWoken);

    public void Open(IProtocol protocol)
    {
        _protocol = protocol;
        Settle();
    }

    /// <summary>The socket is ready for something.</summary>
    public void Ready(uint events)
    {
        if (_phase == EpollPhase.Lingering)
        {
            Discard();
            return;
        }

        if ((events & (Libc.EpollOut | Libc.EpollErr | Libc.EpollHup)) != 0 && _unsent.Length > 0)
        {
            Flush();
        }

        if (_isReading && (events & ~Libc.EpollOut) != 0)
        {
            Read();
        }
        else if ((events & (Libc.EpollErr | Libc.EpollHup)) != 0)
        {
            // Can't be masked, and there is nothing to do about it until we read again.
            loop.Queue.Remove(fd);
            _isWatched = false;
        }

        Settle();
    }

    /// <summary>Somebody asked for the connection since its last visit.</summary>
    public void Woken()
    {
        // Taken before it is acted on: who wakes us from now on has something new to say.
        var wakes = Interlocked.Exchange(ref _wakes, 0);
        if (_phase != EpollPhase.Open)
        {
            return;
        }

        if (!_protocol.IsEnded && (wakes & ReaderWoken) != 0 && _isPaused)
        {
            _isPaused = false;
            _isReading = true;
            Take(_unread.Sequence, isHeld: true);
        }

        if ((wakes & WriterWoken) != 0 && _unsent.Length == 0)
        {
            Write();
        }

        Settle();
    }

    /// <summary>Ends what takes too long to end.</summary>
    /// <remarks>Whoever lingers has our last bytes in the kernel, which still delivers them.</remarks>
    public void TimeOut() => Close(reset: _phase == EpollPhase.Ending);

    /// <summary>Ends the connection without ceremony.</summary>
    public void Abort()
    {
        Close(reset: true);
        Complete();
    }

    private void Wake(int what)
    {
        if (Interlocked.Or(ref _wakes, what) == 0)
        {
            loop.Visit(this);
        }
    }

    private void Read()
    {
        var input = loop.Input;
        nint count;
        if (_unread.Length > CopiedBytes)
        {
            var room = _unread.Room(_unread.Length);
            count = Libc.Receive(fd, ref room[0], Math.Min(room.Length, loop.ReadBytes), 0);
        }
        else
        {
            count = Libc.Receive(fd, ref input[_unread.Length], loop.ReadBytes, 0);
        }

        if (count <= 0)
        {
            if (count == 0 || Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr))
            {
                _isReading = false;
                _isPeerGone = true;
                // The kernel tells of a reset once, and may have told the writing side.
                _isCutOff |= count < 0;
                _protocol.PeerClosed(reset: _isCutOff);
            }
        }
        else if (_unread.Length > CopiedBytes)
        {
            _unread.Grew((int)count);
            Take(_unread.Sequence, isHeld: true);
        }
        else
        {
            var length = _unread.Length + (int)count;
            _unread.Span.CopyTo(input);
            _unread.Clear();
            Take(new ReadOnlySequence<byte>(input, 0, length), isHeld: false);
        }
    }

    /// <summary>Hands over what was read, and keeps what is left of it.</summary>
    private void Take(ReadOnlySequence<byte> buffer, bool isHeld)
    {
        var length = buffer.Length;
        var step = _protocol.Receive(ref buffer);
        _isReading = step == ReceiveStep.ReadMore;
        _isPaused = step == ReceiveStep.Pause;
        if (isHeld)
        {
            _unread.Drop((int)(length - buffer.Length));
        }
        else if (step != ReceiveStep.Ended)
        {
            _unread.Add(buffer.FirstSpan);
        }
    }

    private void Write()
    {
        loop.Output.Clear();
        var more = _protocol.Write(loop.Output);
        Send(loop.Output.Written);
        if (more && _unsent.Length == 0 && !_isCutOff)
        {
            // In its next turn: others wait too.
            WakeWriter();
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || _isCutOff)
        {
            return;
        }

        var sent = _unsent.Length > 0 ? 0 : TrySend(bytes);
        if (!_isCutOff)
        {
            _unsent.Add(bytes[sent..]);
        }
    }

    /// <summary>The socket has room for what it did not take before.</summary>
    private void Flush()
    {
        _unsent.Drop(TrySend(_unsent.Span));
        if (_isCutOff)
        {
            _unsent.Clear();
        }
        else if (_unsent.Length == 0 && _phase == EpollPhase.Open)
        {
            Write();
        }
    }

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        var sent = Libc.Send(fd, in bytes[0], bytes.Length, Libc.NoSignal);
        if (sent >= 0)
        {
            return (int)sent;
        }

        // Nothing goes out any more; what came in until then can still be read, and the error is seen behind it.
        _isCutOff = Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr);
        return 0;
    }

    /// <summary>Draws the consequences of whatever has just happened.</summary>
    private void Settle()
    {
        if (_phase == EpollPhase.Open && _protocol.IsEnded)
        {
            End();
        }

        if (_phase == EpollPhase.Ending && _unsent.Length == 0)
        {
            Shut();
        }

        if (_phase != EpollPhase.Closed)
        {
            Watch();
            Account();
        }
    }

    private void End()
    {
        _phase = EpollPhase.Ending;
        _isReading = _isPaused = false;
        _unread.Clear();
        Deadline = loop.After(_protocol.FarewellTimeout);
        loop.Limit(this);
        Complete();
        loop.Output.Clear();
        _protocol.WriteFarewell(loop.Output);
        Send(loop.Output.Written);
    }

    private void Complete()
    {
        if (!_isCompleted)
        {
            _isCompleted = true;
            loop.Complete(_protocol, remote);
        }
    }

    /// <summary>The last byte is with the kernel.</summary>
    private void Shut()
    {
        if (_isPeerGone || _isCutOff || Libc.Shutdown(fd, Libc.ShutdownWrite) < 0)
        {
            Close(reset: false);
            return;
        }

        _phase = EpollPhase.Lingering;
        _isReading = true;
        Deadline = loop.After(_protocol.FarewellTimeout);
    }

    private void Discard()
    {
        var count = Libc.Receive(fd, ref loop.Input[0], loop.ReadBytes, 0);
        if (count == 0 || (count < 0 && Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr)))
        {
            Close(reset: false);
        }
    }

    private void Close(bool reset)
    {
        if (_phase == EpollPhase.Closed)
        {
            return;
        }

        _phase = EpollPhase.Closed;
        _unread.Clear();
        _unsent.Clear();
        Account();
        if (reset)
        {
            // struct linger { on, 0 s }: close throws away what is unsent and resets.
            var atOnce = 1L;
            Libc.SetSocketOption(fd, Libc.SolSocket, Libc.SoLinger, in atOnce, sizeof(long));
        }

        Libc.Close(fd);
        loop.Closed(this);
    }

    private void Account()
    {
        var reserved = ReservedBytes;
        loop.HeldBytes += reserved - _accounted;
        _accounted = reserved;
    }

    /// <summary>Has the socket watched for what is wanted of it now.</summary>
    private void Watch()
    {
        var interest = (_isReading ? Libc.EpollIn : 0) | (_unsent.Length > 0 ? Libc.EpollOut : 0);
        if (interest == _interest && (_isWatched || interest == 0))
        {
            return;
        }

        _interest = interest;
        if (_isWatched)
        {
            loop.Queue.Change(fd, interest, Tag);
        }
        else
        {
            loop.Queue.Add(fd, interest, Tag);
            _isWatched = true;
        }
    }
}
