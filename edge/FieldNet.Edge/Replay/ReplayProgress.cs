namespace FieldNet.Edge.Replay;

/// <summary>How far a replay has come.</summary>
internal sealed class ReplayProgress
{
    public long Records { get; private set; }

    public long FirstUs { get; private set; }

    public long LastUs { get; private set; }

    public void Count(long logTimeUs)
    {
        FirstUs = Records++ == 0 ? logTimeUs : FirstUs;
        LastUs = logTimeUs;
    }
}
