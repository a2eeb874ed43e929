namespace FieldNet.Edge.Replay;

/// <summary>How far a replay has come.</summary>
internal sealed class ReplayProgress
{
    public long Records { get; private set; }

    public long FirstUs { get; private set; }

    public long LastUs { get; private set; }

    /// <param name="isCaptured">A record of the capture itself, not one that only says that time went on.</param>
    public void Count(long logTimeUs, bool isCaptured)
    {
        FirstUs = FirstUs == 0 ? logTimeUs : FirstUs;
        LastUs = logTimeUs;
        Records += isCaptured ? 1 : 0;
    }
}
