namespace FieldNet.Capture.Log;

/// <summary>Sizes and waits of a <see cref="CaptureLog"/>.</summary>
public sealed record CaptureLogOptions
{
    /// <summary>The site's name, kept in each segment's header, at most 64 bytes of UTF-8. Default: unnamed.</summary>
    public string Site { get; init; } = "";

    /// <summary>A segment that has reached this size is followed by a new one. Default 64 MiB.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

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
}
