namespace FieldNet.Dashboard.Replay;

/// <summary>The deck of a host that offers no captures.</summary>
internal sealed class NoReplayDeck : IReplayDeck
{
    public IReadOnlyList<CaptureDto> Captures() => [];

    public IReplay? Open(string capture) => null;

    public IReplay? Find(string session) => null;
}
