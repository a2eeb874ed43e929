namespace FieldNet.Dashboard.Replay;

/// <summary>What can be replayed, and the replays that run; the host implements it.</summary>
/// <remarks>Threading: any thread. Isolation: nothing of a replay reaches the live ward, its log or its events.</remarks>
public interface IReplayDeck
{
    /// <summary>The captures offered, the running agent's own first.</summary>
    IReadOnlyList<CaptureDto> Captures();

    /// <summary>Starts a replay, playing from the capture's beginning.</summary>
    /// <returns>Null when as many run as may, or the capture is not offered any more.</returns>
    IReplay? Open(string capture);

    /// <returns>Null when it has ended.</returns>
    IReplay? Find(string session);
}
