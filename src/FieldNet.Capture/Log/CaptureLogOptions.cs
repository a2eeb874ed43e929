using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Log;

/// <summary>Sizes and waits of a <see cref="CaptureLog"/>.</summary>
public sealed record CaptureLogOptions
{
    private const double DefaultShare = 0.8;
    private const int LeastSegmentBytes = 1024 * 1024;
    private const int SegmentsOfABudget = 64;

    /// <summary>For a copy of a log: nothing that was put in goes again, whatever its age and however full the disk; that refuses then.</summary>
    public static CaptureLogOptions KeepEverything { get; } = new() { KeepWaves = null, KeepFacts = null, MaxBytes = long.MaxValue, HighShare = 1, ReserveBytes = 0 };

    /// <summary>The site's name, kept in each segment's header, at most 64 bytes of UTF-8. Default: unnamed.</summary>
    public string Site { get; init; } = "";

    /// <summary>A segment that has reached this size is followed by a new one. Default 64 MiB.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Waveforms older than this go, whole segments at a time; null keeps them until room is needed. Default 72 h.</summary>
    public TimeSpan? KeepWaves { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Everything else goes after this, up to a checkpoint. Default 90 days.</summary>
    public TimeSpan? KeepFacts { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Most bytes that both lanes may take on the disk: waveforms go first, then facts up to a checkpoint. 0, the default: four fifths of what the disk has for the log when it is opened.</summary>
    public long MaxBytes { get; init; }

    /// <summary>From this share of the file system, or of <see cref="MaxBytes"/>, old waveforms go before their age. Default 0.9.</summary>
    public double HighShare { get; init; } = 0.9;

    /// <summary>A file that holds room for vitals and alarms when the disk is full. Default 0: none.</summary>
    public long BallastBytes { get; init; }

    /// <summary>With less free, the next <see cref="DiskStep"/> is taken: room for what the agent itself must still say. Default 2 MiB.</summary>
    public long ReserveBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Most bytes accepted and not yet committed, both lanes together; waveforms may take three quarters. Default 64 MiB.</summary>
    public int BufferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>One commit takes so much of a lane, then the other lane has its turn: a flood of waveforms keeps no acknowledgement waiting. Default 4 MiB.</summary>
    public int CommitBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a commit gathers once an acknowledgement waits. Default 2 ms.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>So many acknowledgements waiting end the gathering: under load commits follow each other. Default 64.</summary>
    public int GatherCount { get; init; } = 64;

    /// <summary>Longest time between acceptance and commit when no acknowledgement waits. Default 250 ms.</summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Wait before a failed commit is tried again; doubles up to 20 times itself. Default 250 ms.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A commit that takes longer is a <see cref="CaptureFault.Slow"/> fault. Default 1 s.</summary>
    public TimeSpan SlowCommit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>As they are on that disk: the budget in bytes, and segments small enough that cutting one of them cuts little of it.</summary>
    internal CaptureLogOptions On(IDisk disk)
    {
        var most = MaxBytes > 0 ? MaxBytes : (long)(DefaultShare * (disk.Space.FreeBytes + (double)disk.List().Where(SegmentName.IsOne).Sum(disk.LengthOf)));
        return this with { MaxBytes = most, SegmentBytes = (int)Math.Min(SegmentBytes, Math.Max(LeastSegmentBytes, most / SegmentsOfABudget)) };
    }
}
