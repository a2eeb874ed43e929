using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>Keeps the log within its ages and bytes, and goes down the steps of <see cref="DiskStep"/> when the disk fills.</summary>
/// <remarks>
/// Threading: <see cref="Sweep"/> on one thread, its own or a test's; <see cref="Step"/> and <see cref="Bytes"/> on any.
/// Loss: waveforms and facts past their age; waveforms before it when there is no room. Facts go only when they alone pass the byte
/// budget, and only up to a checkpoint. What a cursor holds stays, until it is cut; but a disk that fills takes waveforms all the same,
/// since the next to go would be somebody's acknowledgement.
/// Errors: a disk that fails is tried again at the next sweep.
/// </remarks>
internal sealed class LogUpkeep(CaptureLog log, IDisk disk, CaptureLogOptions options)
{
    /// <summary>Nobody takes them: the oldest go, since the newest say how things are.</summary>
    private const int MaxNotices = 64;

    /// <summary>The alarm ends this far below <see cref="CaptureLogOptions.HighShare"/>: evicting up to it must not end and begin it in turn.</summary>
    private const double Hysteresis = 0.1;

    private const int CheckpointsLeft = 2;

    private readonly Queue<LogNotice> _notices = [];
    private readonly SegmentStock _stock = new(disk);
    private readonly Ballast _ballast = new(disk, options.BallastBytes);
    private volatile DiskStep _step;
    private long _bytes;
    private long _failuresSeen;

    public DiskStep Step => _step;

    /// <summary>What the log takes on the disk.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether messages of that lane are logged.</summary>
    public bool Keeps(LogLane lane) => _step < DiskStep.Ballast || (_step == DiskStep.Ballast && lane == LogLane.Facts);

    /// <summary>The next thing that must become a record.</summary>
    public bool TryTakeNotice(out LogNotice notice)
    {
        lock (_notices)
        {
            return _notices.TryDequeue(out notice);
        }
    }

    /// <summary>Whether to look at more than the file system now.</summary>
    public bool IsPressed()
    {
        try
        {
            var space = disk.Space;
            return _step != DiskStep.Room || HasFailed || space.UsedShare >= options.HighShare || space.FreeBytes < options.ReserveBytes;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Looks at the folder and the file system, and does what is due.</summary>
    public void Sweep()
    {
        try
        {
            _stock.Look();
            CutCursors();
            Move(evicted: Retain());
        }
        catch (IOException)
        {
            // Looked at again within a second; meanwhile commits say by themselves what is wrong.
        }

        Volatile.Write(ref _bytes, _stock.Bytes);
    }

    private static bool IsPast(StoredSegment segment, TimeSpan? age, long nowUs) =>
        age is { } keep && nowUs - segment.UntilUs > keep.Ticks / TimeSpan.TicksPerMicrosecond;

    private void CutCursors()
    {
        foreach (var cursor in log.Cursors.All)
        {
            if (cursor.CutAt == 0 && _stock.BytesBehind(cursor.Through) > options.MaxBytes / 2)
            {
                var last = log.LastNumber;
                Say(LogNotice.CursorCut(cursor, last));
                cursor.Cut(last);
            }
        }
    }

    /// <returns>Whether waveforms went before their age.</returns>
    private bool Retain()
    {
        var nowUs = log.LastLogTimeUs;
        var held = log.Cursors.All.Where(cursor => cursor.CutAt == 0).Select(cursor => cursor.Through).DefaultIfEmpty(long.MaxValue).Min();
        var (excess, evicted) = (Excess(), false);
        for (var waves = _stock.Complete(LogLane.Waves); waves.TryPeek(out var oldest) && (oldest.Through <= held || excess > 0);)
        {
            var past = IsPast(oldest, options.KeepWaves, nowUs);
            if (!past && excess <= 0)
            {
                break;
            }

            _stock.DeleteOldest(LogLane.Waves);
            excess -= oldest.Bytes;
            evicted |= !past;
        }

        long? checkpoint = null;
        for (var facts = _stock.Complete(LogLane.Facts); facts.TryPeek(out var oldest) && oldest.Through <= held;)
        {
            if ((!IsPast(oldest, options.KeepFacts, nowUs) && _stock.Bytes <= options.MaxBytes) || oldest.Through > (checkpoint ??= CheckpointThrough()))
            {
                break;
            }

            _stock.DeleteOldest(LogLane.Facts);
        }

        return evicted;
    }

    /// <summary>Behind this record the log can be done without: so many good checkpoints as a start may have to fall back on come later, or at it.</summary>
    private long CheckpointThrough() =>
        new CheckpointFolder(disk).NewestFirst().Take(CheckpointsLeft).Select(static checkpoint => checkpoint.Number).LastOrDefault();

    /// <summary>Bytes over the high mark of the file system or of the budget; more when a commit has just failed for want of room.</summary>
    private long Excess()
    {
        var space = disk.Space;
        var excess = Math.Max(
            space.UsedBytes - (options.HighShare * ((double)space.UsedBytes + space.FreeBytes)),
            _stock.Bytes - (options.HighShare * options.MaxBytes));
        return HasFailed || space.FreeBytes < options.ReserveBytes ? Math.Max((long)excess, 2 * options.ReserveBytes) : (long)excess;
    }

    /// <summary>A commit has failed for want of room since the last step.</summary>
    private bool HasFailed => log.Health is { Fault: CaptureFault.DiskFull } health && health.Failures > _failuresSeen;

    private void Say(LogNotice notice)
    {
        lock (_notices)
        {
            if (_notices.Count == MaxNotices)
            {
                _notices.Dequeue();
            }

            _notices.Enqueue(notice);
        }
    }

    private void Move(bool evicted)
    {
        var space = disk.Space;
        var next = evicted || space.UsedShare >= options.HighShare || _stock.Bytes >= options.HighShare * options.MaxBytes ? DiskStep.Evicting : DiskStep.Room;
        if (!evicted && (HasFailed || space.FreeBytes < options.ReserveBytes))
        {
            next = _ballast.TryRelease() ? DiskStep.Ballast : DiskStep.Refusing;
        }
        else if (_step == DiskStep.Refusing && (log.Health.Fault == CaptureFault.DiskFull || space.FreeBytes < 2 * options.ReserveBytes))
        {
            next = DiskStep.Refusing;
        }
        else if (!_ballast.IsHeld && !TryMakeBallast(space) && _step >= DiskStep.Ballast)
        {
            next = DiskStep.Ballast;
        }
        else if (next == DiskStep.Room && _step == DiskStep.Evicting && Math.Max(space.UsedShare, _stock.Bytes / (double)options.MaxBytes) >= options.HighShare - Hysteresis)
        {
            next = DiskStep.Evicting;
        }

        if (HasFailed)
        {
            _failuresSeen = log.Health.Failures;
            log.RetryNow();
        }

        if (next != _step)
        {
            _step = next;
            Say(LogNotice.Disk(next, disk.Space, _stock.Bytes));
        }
    }

    /// <summary>Only where it does not itself fill the disk up to the high mark.</summary>
    private bool TryMakeBallast(DiskSpace space)
    {
        var after = new DiskSpace(space.UsedBytes + _ballast.Bytes, space.FreeBytes - _ballast.Bytes);
        if (after.UsedShare >= options.HighShare || after.FreeBytes < 2 * options.ReserveBytes)
        {
            return false;
        }

        _ballast.Make();
        return true;
    }
}
