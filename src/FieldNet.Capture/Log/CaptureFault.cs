namespace FieldNet.Capture.Log;

/// <summary>What keeps the log from committing. The public name is the member's name in snake_case.</summary>
public enum CaptureFault
{
    None = 0,

    /// <summary>A commit takes longer than <see cref="CaptureLogOptions.SlowCommit"/>.</summary>
    Slow,

    DiskFull,

    DiskError,
}
