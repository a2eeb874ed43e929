using FieldNet.Dashboard.Replay;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>A capture that the agent offers for replay.</summary>
/// <param name="Offer">As the page sees it.</param>
/// <param name="Through">Number of the last record to read: a running log is replayed as it is when the replay begins.</param>
internal sealed record Capture(CaptureDto Offer, string Path, long Through = long.MaxValue)
{
    public CaptureReader Open() => new(Path, Through);
}
