using System.Diagnostics;
using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>The numbered, durable log: two lanes of segment files, committed in groups by one thread.</summary>
/// <remarks>
/// Threading: <see cref="Append"/> and <see cref="Await"/> on the sequencer's thread, the rest on any.
/// Errors: a disk that fails is a <see cref="CaptureHealth"/>, never an exception: marks stand still, so nothing is acknowledged, and
/// everything accepted is kept in memory and tried again in a new segment for ever.
/// Loss: none once committed; what was only accepted goes with the process.
/// </remarks>
public sealed class CaptureLog : ICommitMark, IDisposable
{
    private readonly object _gate = new();
    private readonly CaptureLogOptions _options;
    private readonly IDisposable _lock;
    private readonly Lane _facts;
    private readonly Lane _waves;
    private readonly UpkeepThread? _upkeepThread;
    private readonly Thread? _thread;
    private long _last;
    private long _lastLogTimeUs;
    private long _commitStarted;
    private TimeSpan _lastCommit;
    private long _commitCount;
    private long _failures;
    private bool _forced;
    private bool _stopping;

    private CaptureLog(IDisk disk, CaptureLogOptions options, IDisk? cursors, bool threads)
    {
        Disk = disk;
        _lock = disk.Lock();
        try
        {
            _options = options.On(disk);
            var scan = RecoveryScan.Run(disk);
            Cursors = new LogCursors(cursors);
            // A log that lost its end to damage numbers on behind what its readers are done with: they would pass over a number that they know.
            Recovered = scan.Recovery with { LastNumber = Cursors.All.Select(static cursor => cursor.Through).Append(scan.Recovery.LastNumber).Max() };
            _facts = OpenLane(LogLane.Facts, scan);
            _waves = OpenLane(LogLane.Waves, scan);
            Upkeep = new LogUpkeep(this, disk, _options);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }

        (_last, _lastLogTimeUs) = (Recovered.LastNumber, Recovered.LastLogTimeUs);
        if (threads)
        {
            _upkeepThread = new UpkeepThread(Upkeep);
            _thread = new Thread(CommitLoop) { Name = "fieldnet-commit", IsBackground = true };
            _thread.Start();
        }
    }

    public IDisk Disk { get; }

    public LogRecovery Recovered { get; }

    /// <summary>Who reads the log, and how far: what they have not read is kept for them.</summary>
    public LogCursors Cursors { get; }

    public CaptureHealth Health
    {
        get
        {
            lock (_gate)
            {
                var failing = _facts.Commit.Fault != CaptureFault.None ? _facts.Commit : _waves.Commit;
                var fault = failing.Fault;
                var running = _commitStarted == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_commitStarted);
                if (fault == CaptureFault.None && (running > _options.SlowCommit || _lastCommit > _options.SlowCommit))
                {
                    fault = CaptureFault.Slow;
                }

                return new CaptureHealth(fault, failing.Detail, PendingBytes, _lastCommit, _commitCount, _failures, Upkeep.Step, Upkeep.Bytes);
            }
        }
    }

    internal LogUpkeep Upkeep { get; }

    /// <summary>Of the record accepted last.</summary>
    internal long LastNumber => Volatile.Read(ref _last);

    /// <inheritdoc cref="LastNumber"/>
    internal long LastLogTimeUs => Volatile.Read(ref _lastLogTimeUs);

    private long PendingBytes => _facts.PendingBytes + _waves.PendingBytes;

    /// <summary>Opens the log of a data folder, making both when they are not there, and repairs what a crash left.</summary>
    /// <exception cref="CaptureException">In use by another agent, unwritable, or of a newer version.</exception>
    public static CaptureLog Open(string dataFolder, CaptureLogOptions options) =>
        Open(FileDisk.ForWriting(dataFolder), options, FileDisk.ForWriting(dataFolder, LogCursors.Folder));

    /// <param name="cursors">Where cursors are kept; null forgets them with the process.</param>
    /// <inheritdoc cref="Open(string, CaptureLogOptions)"/>
    public static CaptureLog Open(IDisk disk, CaptureLogOptions options, IDisk? cursors = null) => new(disk, options, cursors, threads: true);

    /// <summary>For tests that decide themselves when a commit or a sweep happens.</summary>
    internal static CaptureLog OpenWithoutThread(IDisk disk, CaptureLogOptions options, IDisk? cursors = null) => new(disk, options, cursors, threads: false);

    /// <inheritdoc/>
    public long CommittedThrough(LogLane lane) => Of(lane).Mark;

    /// <inheritdoc/>
    public bool IsFull(LogLane lane) => !Upkeep.Keeps(lane) && Of(lane).Commit.Fault == CaptureFault.DiskFull;

    /// <summary>Whether a record of that size may be accepted. Waveforms leave a quarter of the buffer to the facts.</summary>
    public bool HasRoom(LogLane lane, int bodyBytes)
    {
        var limit = lane == LogLane.Facts ? _options.BufferBytes : _options.BufferBytes / 4L * 3;
        return PendingBytes + FrameHeader.LengthOf(bodyBytes) <= limit;
    }

    /// <summary>Accepts a record: copies it into its lane's buffer. Numbers must rise.</summary>
    /// <remarks>Always accepts; <see cref="HasRoom"/> is for the caller to ask.</remarks>
    public void Append(in LogRecord record, LogLane lane)
    {
        lock (_gate)
        {
            Volatile.Write(ref _last, record.Number);
            Volatile.Write(ref _lastLogTimeUs, record.LogTimeUs);
            if (Of(lane).Append(in record))
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <inheritdoc/>
    public void Await(LogLane lane, IArrivalOwner owner)
    {
        lock (_gate)
        {
            if (Of(lane).Await(owner))
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Commits everything accepted so far and waits for it.</summary>
    /// <returns>False when the disk did not take it in time; it is still accepted and will be tried again.</returns>
    public bool Commit(TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            var target = _last;
            _forced = true;
            Monitor.PulseAll(_gate);
            while (Math.Min(_facts.Mark, _waves.Mark) < target)
            {
                var left = timeout - Stopwatch.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || _stopping)
                {
                    return false;
                }

                Monitor.Wait(_gate, left);
            }
        }

        return true;
    }

    /// <summary>Tries once more to commit what is left, then lets go of the folder.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _upkeepThread?.Dispose();
        _facts.Dispose();
        _waves.Dispose();
        _lock.Dispose();
    }

    /// <summary>Room was made: a failed commit waits no longer.</summary>
    internal void RetryNow()
    {
        lock (_gate)
        {
            _forced = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Commits each lane that is due, or both. Facts first: acknowledgements wait for them.</summary>
    internal void CommitLanes(bool all)
    {
        CommitLane(_facts, _waves, all);
        CommitLane(_waves, _facts, all);
    }

    private Lane OpenLane(LogLane lane, RecoveryScan scan)
    {
        var writer = new SegmentWriter(Disk, lane, _options.Site, Recovered.LastStart + 1, scan.LastOrdinal(lane));
        return new Lane(lane, _options, writer, Recovered.LastNumber);
    }

    private Lane Of(LogLane lane) => lane == LogLane.Facts ? _facts : _waves;

    private void CommitLoop()
    {
        var stopping = false;
        while (!stopping)
        {
            bool all;
            lock (_gate)
            {
                while (!_stopping && !_forced && WaitTime() is var wait && wait != TimeSpan.Zero)
                {
                    Monitor.Wait(_gate, wait);
                }

                stopping = _stopping;
                all = _forced || stopping;
                _forced = false;
            }

            CommitLanes(all);
        }
    }

    private void CommitLane(Lane lane, Lane other, bool all)
    {
        long through;
        lock (_gate)
        {
            if (!all && lane.DueIn() != TimeSpan.Zero)
            {
                return;
            }

            through = lane.Take(all, _last);
            _commitStarted = Stopwatch.GetTimestamp();
        }

        var (wrote, segments) = (!lane.Commit.IsEmpty, lane.Commit.Segments);
        var durable = lane.Commit.TryWrite();
        if (!durable || lane.Commit.Segments != segments)
        {
            _upkeepThread?.Prompt();
        }

        lock (_gate)
        {
            _lastCommit = Stopwatch.GetElapsedTime(_commitStarted);
            _commitStarted = 0;
            if (durable)
            {
                _commitCount += wrote ? 1 : 0;
                lane.Settle(through);
                other.LiftIdleMark(_last);
            }
            else
            {
                _failures++;
            }

            Monitor.PulseAll(_gate);
        }

        if (durable || IsFull(lane.Name))
        {
            lane.Commit.Notify(isLast: durable);
        }
    }

    private TimeSpan WaitTime()
    {
        var (facts, waves) = (_facts.DueIn(), _waves.DueIn());
        var wait = facts < waves ? facts : waves;
        // Rounded up: a wait of less than a millisecond would otherwise be a spin.
        return wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
    }
}
