using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Reads a capture's records in order, without those that made the live processor throw.</summary>
/// <remarks>Lifetime: a record's spans are valid until the next <see cref="TryRead"/>. Threading: one thread.</remarks>
internal sealed class CaptureReader : IDisposable
{
    private readonly LogReader _log;
    private readonly IReadOnlySet<long> _quarantined;

    public CaptureReader(string path, long through, long from = 1)
    {
        // Topics of its own: a capture's names must not fill the live ward's table.
        _log = LogReader.Open(path, new TopicTable(), from);
        _log.Limit = through;
        _quarantined = from == 1 ? QuarantinedRecords.Read(path) : new HashSet<long>();
    }

    public bool TryRead(out LogRecord record)
    {
        while (_log.TryRead(out record))
        {
            if (!_quarantined.Contains(record.Number))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _log.Dispose();
}
