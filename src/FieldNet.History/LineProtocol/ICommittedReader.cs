using FieldNet.Telemetry.Records;

namespace FieldNet.History.LineProtocol;

/// <summary>One place in the log, moving forwards.</summary>
/// <remarks>Threading: one thread.</remarks>
public interface ICommittedReader : IDisposable
{
    /// <param name="through">No record behind this one is read.</param>
    /// <returns>False when there is no further durable record up to there, now.</returns>
    bool TryRead(long through, RecordAction take);
}
