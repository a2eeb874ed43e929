namespace FieldNet.History.LineProtocol;

/// <summary>The durable part of a running agent's log, for whoever reads it in several places at once.</summary>
public interface ICommittedLog
{
    /// <summary>Every record up to this number is durable.</summary>
    long Committed { get; }

    /// <summary>Log time, UTC microseconds.</summary>
    long NowUs { get; }

    /// <param name="from">The first number wanted; what retention has cut is passed over.</param>
    /// <param name="waves">Waveforms, too.</param>
    ICommittedReader Read(long from, bool waves);
}
