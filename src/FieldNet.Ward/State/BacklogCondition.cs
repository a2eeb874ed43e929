using FieldNet.Telemetry.Messages;

namespace FieldNet.Ward.State;

/// <summary>An alarm condition that a backlog told of, and that nothing newer has spoken of yet.</summary>
/// <remarks>Units: log time, UTC microseconds.</remarks>
public sealed class BacklogCondition
{
    public required AlarmCondition Condition { get; set; }

    /// <summary>When the first report that named it was current.</summary>
    public long OnsetUs { get; set; }

    /// <summary>When the newest report that named it was current.</summary>
    public long LastUs { get; set; }

    /// <summary>When we first heard of it.</summary>
    public long HeardUs { get; set; }
}
