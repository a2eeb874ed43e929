using System.Diagnostics;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>One lane of the log: what it accepted, what is being committed, and how far it is committed.</summary>
/// <remarks>Threading: under the log's lock, except <see cref="Mark"/> and <see cref="PendingBytes"/>, which any thread may read.</remarks>
internal sealed class Lane(LogLane name, CaptureLogOptions options, SegmentWriter writer, long mark) : IDisposable
{
    /// <summary>With this share of the whole buffer full, a commit waits no longer.</summary>
    private const int EarlyCommitShare = 32;

    private readonly long _enoughBytes = options.BufferBytes / EarlyCommitShare;
    private readonly LaneBuffer _buffer = new(options.SegmentBytes, options.BufferBytes);
    private long _mark = mark;
    private long _pendingBytes;
    private long _filledAt;
    private long _awaitedAt;
    private bool _isBusy;

    public LogLane Name => name;

    public LaneCommit Commit { get; } = new(writer, options.RetryAfter);

    /// <summary>Every record of the lane numbered up to this one is committed.</summary>
    public long Mark => Volatile.Read(ref _mark);

    public long PendingBytes => Volatile.Read(ref _pendingBytes);

    public bool IsIdle => _buffer.IsEmpty && !_buffer.IsAwaited && Commit.IsEmpty;

    /// <returns>True when the commit thread must think again: it is the first record to wait, or the one that makes it enough.</returns>
    public bool Append(in LogRecord record)
    {
        var first = _buffer.IsEmpty;
        var before = _pendingBytes;
        Volatile.Write(ref _pendingBytes, before + _buffer.Add(in record));
        if (first)
        {
            _filledAt = Stopwatch.GetTimestamp();
        }

        return first || (before <= _enoughBytes && _pendingBytes > _enoughBytes);
    }

    /// <returns>True when the commit thread must think again: it is the first acknowledgement to wait, or the one that makes them enough.</returns>
    public bool Await(IArrivalOwner owner)
    {
        var first = !_buffer.IsAwaited;
        _buffer.Await(owner);
        if (first)
        {
            _awaitedAt = Stopwatch.GetTimestamp();
        }

        return first || _buffer.Awaited == options.GatherCount;
    }

    /// <summary>Hands what waits to the commit: everything, or a piece that does not keep the other lane waiting for long.</summary>
    /// <param name="all">Everything.</param>
    /// <param name="last">Number of the last record of the log.</param>
    /// <returns>Every record of the lane up to this one is with the commit now.</returns>
    public long Take(bool all, long last)
    {
        // Under load the next commit follows at once: whoever sends in a closed loop sends no more until it has its answer, so what is
        // left behind a full commit would wait for nothing.
        _isBusy = _buffer.Awaited >= options.GatherCount;
        _buffer.MoveTo(all ? long.MaxValue : options.CommitBytes, Commit.Chunks, Commit.Awaiting);
        return _buffer.IsEmpty ? last : _buffer.FirstNumber - 1;
    }

    /// <summary>What <see cref="Take"/> took is durable.</summary>
    public void Settle(long through)
    {
        Volatile.Write(ref _pendingBytes, _pendingBytes - Commit.Chunks.Sum(static chunk => (long)chunk.Frames.Length));
        Volatile.Write(ref _mark, through);
        _buffer.Return(Commit.Chunks);
        Commit.Chunks.Clear();
    }

    /// <summary>While nothing of the lane is pending, its mark moves with the other lane's.</summary>
    public void LiftIdleMark(long last)
    {
        if (IsIdle)
        {
            Volatile.Write(ref _mark, last);
        }
    }

    /// <summary>How long until the lane must commit; zero for now, <see cref="TimeSpan.MaxValue"/> while nothing is pending.</summary>
    public TimeSpan DueIn()
    {
        if (Commit.Fault != CaptureFault.None)
        {
            return Commit.RetryIn;
        }

        if (IsIdle)
        {
            return TimeSpan.MaxValue;
        }

        if (_pendingBytes > _enoughBytes || _buffer.Awaited >= (_isBusy ? 1 : options.GatherCount))
        {
            return TimeSpan.Zero;
        }

        var left = _buffer.IsEmpty ? TimeSpan.MaxValue : options.CommitEvery - Stopwatch.GetElapsedTime(_filledAt);
        var gather = _buffer.IsAwaited ? options.Gather - Stopwatch.GetElapsedTime(_awaitedAt) : TimeSpan.MaxValue;
        left = gather < left ? gather : left;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    public void Dispose() => Commit.Dispose();
}
