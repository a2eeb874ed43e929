namespace FieldNet.Capture.Sequencing;

/// <summary>What bringing the views up to date took.</summary>
/// <param name="Records">Records applied.</param>
/// <param name="Quarantined">Records left out because they made a view throw.</param>
public readonly record struct ReplaySummary(long Records, int Quarantined, TimeSpan Took);
