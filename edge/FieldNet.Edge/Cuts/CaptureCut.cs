using FieldNet.Capture.Log;
using FieldNet.Capture.Replay;
using FieldNet.Edge.Replay;
using FieldNet.Edge.Verbs;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Cuts;

/// <summary>Writes a piece of a capture as a data folder: the same records, with the same numbers and times.</summary>
/// <remarks>Loss: records in quarantine are left out, as they are from a replay. Durable once <see cref="Run"/> has returned.</remarks>
/// <param name="fromUs">Records from this log time on …</param>
/// <param name="toUs">… and before this one, so that two cuts that meet have no record in common.</param>
internal sealed class CaptureCut(IReplaySource source, long fromUs, long toUs, BedFilter? bed, PseudonymousRecords? pseudonyms)
{
    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(60);

    public long Records { get; private set; }

    public long FirstUs { get; private set; }

    public long LastUs { get; private set; }

    /// <exception cref="EnvironmentFaultException">The folder takes no more.</exception>
    public void Run(string output, Action<double> told, CancellationToken cancellation)
    {
        const int every = 4096;
        using var log = CaptureLog.Open(output, CaptureLogOptions.KeepEverything);
        for (var n = 1; source.TryRead(out var record) && record.LogTimeUs < toUs; n++)
        {
            if (n % every == 0)
            {
                told(source.Done);
                cancellation.ThrowIfCancellationRequested();
            }

            if (record.LogTimeUs >= fromUs && (bed is null || bed.Takes(record)) && (pseudonyms is null || PseudonymousRecords.Keeps(record)))
            {
                Append(log, pseudonyms is null ? record : pseudonyms.Of(record));
            }
        }

        if (!log.Commit(LongestCommit))
        {
            throw Full(output, log);
        }

        told(1);
    }

    private void Append(CaptureLog log, in LogRecord record)
    {
        if (!log.HasRoom(record.Lane, record.Properties.Length + record.Payload.Length) && !log.Commit(LongestCommit))
        {
            throw Full("the folder", log);
        }

        log.Append(record, record.Lane);
        FirstUs = Records++ == 0 ? record.LogTimeUs : FirstUs;
        LastUs = record.LogTimeUs;
    }

    private static EnvironmentFaultException Full(string output, CaptureLog log) => new($"{output} can't be written: {log.Health.Detail}");
}
