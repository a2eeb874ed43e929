using FieldNet.Capture.Replay;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Reads a piece of a capture: the records of some numbers, in order.</summary>
/// <remarks>Lifetime: a record's spans are valid until the next <see cref="TryRead"/>; owns the source. Threading: one thread.</remarks>
internal sealed class CaptureReader(IReplaySource source, long from, long through) : IDisposable
{
    /// <returns>False at the end of the piece.</returns>
    public bool TryRead(out LogRecord record)
    {
        while (source.TryRead(out record) && record.Number <= through)
        {
            if (record.Number >= from)
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose() => source.Dispose();
}
