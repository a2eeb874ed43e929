namespace FieldNet.Capture.Sequencing;

/// <summary>What the host says about time beside the monotonic clock.</summary>
public interface IHostClocks
{
    /// <summary>The wall clock, UTC microseconds.</summary>
    long WallUs { get; }

    /// <summary>How long the machine has slept since it booted, microseconds.</summary>
    long SuspendedUs { get; }
}
