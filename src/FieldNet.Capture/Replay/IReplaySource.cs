using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Replay;

/// <summary>Hands out the records of a capture, wherever it comes from, in the order in which the processor must take them.</summary>
/// <remarks>
/// Shape: numbers rise and log times never fall, over all paths that were given. Lifetime: a record's spans are valid until the next
/// <see cref="TryRead"/>. Threading: one thread. Loss: what is damaged is passed over; <see cref="Remarks"/> says how much.
/// </remarks>
public interface IReplaySource : IDisposable
{
    /// <summary>How much of the capture has been handed out, 0 to 1, for a progress bar.</summary>
    double Done { get; }

    /// <summary>How many records were left out so far because they had made the processor throw.</summary>
    int Quarantined { get; }

    /// <summary>One sentence each on what could not be read so far; complete at the end.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>Whether records of that kind are the capture's own; others the source puts between them, to say what it saw.</summary>
    bool Holds(RecordKind kind);

    /// <returns>False at the end.</returns>
    bool TryRead(out LogRecord record);
}
