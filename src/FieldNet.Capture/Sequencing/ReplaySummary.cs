namespace FieldNet.Capture.Sequencing;

/// <summary>What bringing the views up to date took.</summary>
/// <param name="Checkpoint">Number of the record whose checkpoint they started from; 0 from the log's beginning.</param>
/// <param name="Records">Records applied.</param>
/// <param name="Quarantined">Records left out because they made a view throw.</param>
public readonly record struct ReplaySummary(long Checkpoint, long Records, int Quarantined, TimeSpan Took);
