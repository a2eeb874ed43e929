namespace FieldNet.Ward.Views;

/// <summary>The last synthetic TEST alarm of a ward along the real alarm path.</summary>
/// <param name="SentUs">When the last one was sent, log time; 0 never.</param>
/// <param name="Hops">How long after that each hop saw it, milliseconds, in the order of the path; null for one that has not.</param>
public sealed record WatchdogView(string Ward, long SentUs, IReadOnlyList<WatchdogHop> Hops, bool Missed)
{
    /// <summary>Names that alarm: what a screen witnesses it by. 0 as long as the last one sent has not come to the processor.</summary>
    public long Sequence { get; init; }
}
