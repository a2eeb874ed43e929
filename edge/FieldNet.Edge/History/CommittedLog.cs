using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.History.LineProtocol;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.History;

/// <summary>The agent's own log, as far as it is committed, for a sink that reads it in several places.</summary>
internal sealed class CommittedLog(IDisk disk, ICommitMark marks, ILogClock clock) : ICommittedLog
{
    /// <inheritdoc/>
    public long Committed => Math.Min(marks.CommittedThrough(LogLane.Facts), marks.CommittedThrough(LogLane.Waves));

    /// <inheritdoc/>
    public long NowUs => clock.NowUs;

    /// <inheritdoc/>
    public ICommittedReader Read(long from, bool waves) =>
        new Reader(new LogReader(disk, new TopicTable(), from, waves ? [LogLane.Facts, LogLane.Waves] : [LogLane.Facts]), this);

    private sealed class Reader(LogReader reader, CommittedLog log) : ICommittedReader
    {
        public bool TryRead(long through, RecordAction take)
        {
            reader.Limit = Math.Min(through, log.Committed);
            if (!reader.TryRead(out var record))
            {
                return false;
            }

            take(record);
            return true;
        }

        public void Dispose() => reader.Dispose();
    }
}
