namespace FieldNet.Capture.Checkpoints;

/// <summary>When checkpoints are taken and how many are kept.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Time between two, on the log's clock; a restart reads at most so much of the log. Default 5 min.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many of the newest are kept, whatever their age; of older ones the first of each hour. Default 3.</summary>
    public int Newest { get; init; } = 3;
}
