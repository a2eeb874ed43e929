using System.Net;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Transport;

/// <summary>One thread that serves connections as their sockets become ready.</summary>
/// <remarks>
/// Threading: everything on the loop's own thread, but <see cref="Visit"/>, <see cref="Stop"/> and <see cref="AbortAll"/> any.
/// Shape: wait; each ready socket once, one bounded read; then whoever was woken, one write; so nobody waits for a flood of another's.
/// Errors: what a protocol throws ends its connection; what the loop itself throws is a bug and ends the process.
/// </remarks>
internal sealed class EpollLoop
{
    private const long ListenerTag = -2;

    /// <summary>Most connections accepted between two rounds.</summary>
    private const int AcceptsAtOnce = 64;

    /// <summary>How often time limits are looked at, while there are any.</summary>
    private const int TickMs = 50;

    private static readonly TimeSpan ExhaustedPause = TimeSpan.FromMilliseconds(100);

    private readonly EpollListener _listener;
    private readonly IAcceptor _acceptor;
    private readonly EpollOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<EpollConnection> _limited = [];
    private readonly Thread _thread;
    private EpollConnection?[] _connections = new EpollConnection?[1024];
    private EpollConnection? _woken;
    private long _rounds;
    private long _longestRound;
    private int _serial;
    private int _open;
    private int _unfinished = 1;
    private bool _isAsleep;
    private bool _isListening;
    private bool _isExhausted;
    private bool _isStopping;
    private bool _isAborting;
    private long _listenAgainAt;

    public EpollLoop(EpollListener listener, IAcceptor acceptor, EpollOptions options, TimeProvider time)
    {
        (_listener, _acceptor, _options, _time) = (listener, acceptor, options, time);
        Input = GC.AllocateUninitializedArray<byte>(options.ReadBytes + EpollConnection.CopiedBytes, pinned: true);
        _thread = new Thread(Run) { IsBackground = true, Name = "fieldnet-mqtt" };
    }

    public EpollQueue Queue { get; } = new();

    /// <summary>What is read goes in here: one socket's at a time.</summary>
    public byte[] Input { get; }

    public int ReadBytes => _options.ReadBytes;

    public OutputBuffer Output { get; } = new();

    /// <summary>What all connections together keep in memory.</summary>
    public long HeldBytes { get; set; }

    /// <summary>How often the loop has looked; a loop that spins gives itself away.</summary>
    public long Rounds => Volatile.Read(ref _rounds);

    /// <summary>The longest round since the last call: no socket that was ready had to wait longer for its turn, once the loop was awake.</summary>
    public TimeSpan TakeLongestRound() => TimeSpan.FromSeconds(Interlocked.Exchange(ref _longestRound, 0) / (double)_time.TimestampFrequency);

    /// <summary>The loop has stopped: every connection is closed.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>And every connection's Close is posted.</summary>
    public Task Completed => _completed.Task;

    public void Start() => _thread.Start();

    /// <summary>Accepts no more; the loop stops when the last connection has gone.</summary>
    public void Stop()
    {
        Volatile.Write(ref _isStopping, true);
        Queue.Wake();
    }

    /// <summary>Resets every connection; behind <see cref="Stop"/>.</summary>
    public void AbortAll()
    {
        Volatile.Write(ref _isAborting, true);
        Queue.Wake();
    }

    /// <summary>The connection wants to be visited. Called once until it has been.</summary>
    public void Visit(EpollConnection connection)
    {
        var head = Volatile.Read(ref _woken);
        while (true)
        {
            connection.NextWoken = head;
            var seen = Interlocked.CompareExchange(ref _woken, connection, head);
            if (ReferenceEquals(seen, head))
            {
                break;
            }

            head = seen;
        }

        // The exchange is a fence: either we see the loop asleep, or it sees the connection before it sleeps. One waker calls the system.
        if (Volatile.Read(ref _isAsleep) && Interlocked.Exchange(ref _isAsleep, false))
        {
            Queue.Wake();
        }
    }

    /// <summary>Ends the connection when its <see cref="EpollConnection.Deadline"/> has passed. Once for each.</summary>
    public void Limit(EpollConnection connection) => _limited.Add(connection);

    public long After(TimeSpan timeout) => _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);

    /// <summary>The protocol has ended, if only because its connection has.</summary>
    public void Complete(IProtocol protocol, EndPoint? remote)
    {
        Interlocked.Increment(ref _unfinished);
        _ = CompleteAsync(protocol, remote);
    }

    public void Closed(EpollConnection connection)
    {
        _connections[connection.Descriptor] = null;
        _open--;
    }

    private void Run()
    {
        Listen();
        while (!Volatile.Read(ref _isStopping) || _open > 0)
        {
            Volatile.Write(ref _rounds, _rounds + 1);
            var ready = Wait();
            var readyAt = _time.GetTimestamp();
            Serve(ready);
            VisitWoken();
            EndOverdue();
            ShedLargest();
            if (_isStopping)
            {
                Deafen();
            }
            else if (!_isListening && _time.GetTimestamp() >= _listenAgainAt)
            {
                Listen();
            }

            if (Volatile.Read(ref _isAborting))
            {
                Array.ForEach(_connections, static connection => connection?.Abort());
            }

            NoteRound(_time.GetTimestamp() - readyAt);
        }

        _stopped.SetResult();
        Finished();
    }

    private void NoteRound(long ticks)
    {
        // Only this thread raises it; whoever takes it meanwhile loses at most one round.
        if (ticks > Volatile.Read(ref _longestRound))
        {
            Volatile.Write(ref _longestRound, ticks);
        }
    }

    private int Wait()
    {
        Interlocked.Exchange(ref _isAsleep, true);
        var hasTimers = _limited.Count > 0 || !_isListening;
        var count = Queue.Wait(Volatile.Read(ref _woken) is not null ? 0 : hasTimers ? TickMs : -1);
        Volatile.Write(ref _isAsleep, false);
        return count;
    }

    private void Serve(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (events, tag) = Queue[i];
            if (tag == ListenerTag)
            {
                Accept();
            }
            else if (tag != EpollQueue.WakeTag && _connections[(int)tag] is { } connection && connection.Tag == tag)
            {
                Guard(connection, static (each, events) => each.Ready(events), events);
            }
        }
    }

    private void VisitWoken()
    {
        var last = Interlocked.Exchange(ref _woken, null);
        EpollConnection? first = null;
        while (last is not null)
        {
            // First woken, first served.
            (first, last.NextWoken, last) = (last, first, last.NextWoken);
        }

        while (first is not null)
        {
            var connection = first;
            (first, connection.NextWoken) = (connection.NextWoken, null);
            Guard(connection, static (each, _) => each.Woken(), 0);
        }
    }

    /// <summary>A bug in one connection's protocol must not take the ward's other connections with it.</summary>
    private void Guard(EpollConnection connection, Action<EpollConnection, uint> visit, uint events)
    {
        try
        {
            visit(connection, events);
        }
        catch (Exception fault)
        {
            _acceptor.Faulted(connection.RemoteEndPoint, fault);
            connection.Abort();
        }
    }

    private async Task CompleteAsync(IProtocol protocol, EndPoint? remote)
    {
        try
        {
            if (!protocol.IsEnded)
            {
                protocol.PeerClosed(reset: true);
            }

            await protocol.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _acceptor.Faulted(remote, fault);
        }
        finally
        {
            Finished();
        }
    }

    private void Finished()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0)
        {
            _completed.SetResult();
        }
    }

    private void Accept()
    {
        for (var i = 0; i < AcceptsAtOnce; i++)
        {
            var fd = _listener.Accept(out var remote, out var isExhausted);
            if (isExhausted)
            {
                // Connections wait in the backlog meanwhile; asking again at once would only burn the processor.
                Deafen();
                _listenAgainAt = After(ExhaustedPause);
                if (_isExhausted)
                {
                    return;
                }

                _isExhausted = true;
                _acceptor.Refuse(Refusal.TooManyConnections, null, "the system has no descriptor or memory for another");
            }

            if (fd < 0)
            {
                return;
            }

            _isExhausted = false;
            Welcome(fd, remote);
        }
    }

    private void Welcome(int fd, IPEndPoint? remote)
    {
        var connection = new EpollConnection(this, fd, remote, ++_serial);
        if (_isStopping || _acceptor.Accept(connection) is not { } protocol)
        {
            Libc.Close(fd);
            return;
        }

        if (fd >= _connections.Length)
        {
            Array.Resize(ref _connections, fd * 2);
        }

        _connections[fd] = connection;
        _open++;
        connection.Open(protocol);
    }

    private void Listen()
    {
        Queue.Add(_listener.Descriptor, Libc.EpollIn | Libc.EpollExclusive, ListenerTag);
        _isListening = true;
    }

    private void Deafen()
    {
        if (_isListening)
        {
            Queue.Remove(_listener.Descriptor);
            _isListening = false;
        }
    }

    private void EndOverdue()
    {
        if (_limited.Count == 0)
        {
            return;
        }

        var now = _time.GetTimestamp();
        for (var i = _limited.Count - 1; i >= 0; i--)
        {
            var connection = _limited[i];
            if (!connection.IsClosed && now >= connection.Deadline)
            {
                connection.TimeOut();
            }

            if (connection.IsClosed)
            {
                _limited[i] = _limited[^1];
                _limited.RemoveAt(_limited.Count - 1);
            }
        }
    }

    private void ShedLargest()
    {
        while (HeldBytes > _options.MaxHeldBytes)
        {
            var largest = _connections.MaxBy(static connection => connection?.ReservedBytes ?? 0)!;
            _acceptor.Refuse(Refusal.QuotaExceeded, largest.RemoteEndPoint, "bytes kept for all connections, of which this one held most");
            largest.Abort();
        }
    }
}
