namespace FieldNet.Ward.State;

/// <summary>The alarm path's watchdog of one ward: the TEST alarm sent last and how far it has come.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint. Units: log time, microseconds.</remarks>
public sealed class WatchdogState
{
    public string Site { get; set; } = "";

    /// <summary>As in <see cref="BedState.Key"/>, without the bed.</summary>
    public string Ward { get; set; } = "";

    public long Sequence { get; set; }

    public long SentUs { get; set; }

    /// <summary>All hops must have seen it by then; 0 once that is judged.</summary>
    public long DueUs { get; set; }

    /// <summary>The next must have been sent, and waited for, by then.</summary>
    public long NextDueUs { get; set; }

    public long EveryUs { get; set; }

    /// <summary>Until then nothing is missed: the agent was away.</summary>
    public long GraceUntilUs { get; set; }

    /// <summary>Screens of whom it is expected.</summary>
    public int Screens { get; set; }

    /// <summary>How long after it was sent each hop saw it; null for one that has not.</summary>
    public double? EndpointMs { get; set; }

    public double? CommittedMs { get; set; }

    public double? ProcessorMs { get; set; }

    public double? PageMs { get; set; }

    /// <summary>Id of the incident while the path is broken; empty while it is whole.</summary>
    public string Incident { get; set; } = "";
}
