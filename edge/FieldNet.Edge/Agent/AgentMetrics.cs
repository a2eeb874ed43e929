using System.Diagnostics.Metrics;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;
using FieldNet.Ward;

namespace FieldNet.Edge.Agent;

/// <summary>The agent's own numbers at <c>/metrics</c> (docs/operations.md): records, commits, refusals, process.</summary>
internal sealed class AgentMetrics : IDisposable
{
    private readonly Meter _meter = new("FieldNet.Agent");

    public AgentMetrics(Sequencer sequencer, CaptureLog log, WardProcessor ward)
    {
        _meter.CreateObservableCounter("fieldnet.records", () => sequencer.LastNumber, "{record}", "Number of the last record of the log");
        _meter.CreateObservableCounter("fieldnet.records.shed", () => sequencer.Shed, "{record}", "Records applied but not logged, because the log had no room");
        _meter.CreateObservableCounter("fieldnet.ward.messages", () => ward.State.Messages, "{message}", "Messages through the ward processor");
        _meter.CreateObservableCounter("fieldnet.refused", () => Refused(sequencer, ward), "{message}", "What arrived and was refused, by reason");
        _meter.CreateObservableCounter("fieldnet.log.committed", () => Committed(log), "{record}", "Every record up to this number is durable");
        _meter.CreateObservableCounter("fieldnet.log.commits", () => log.Health.Commits, "{commit}", "Group commits");
        _meter.CreateObservableCounter("fieldnet.log.commit_failures", () => log.Health.Failures, "{commit}", "Group commits that failed and were tried again");
        _meter.CreateObservableGauge("fieldnet.log.pending", () => log.Health.PendingBytes, "By", "Accepted and not yet committed");
        _meter.CreateObservableGauge("fieldnet.log.last_commit", () => log.Health.LastCommit.TotalSeconds, "s", "Duration of the last commit");
        _meter.CreateObservableGauge("fieldnet.log.bytes", () => log.Health.LogBytes, "By", "What the log takes on the disk");
        _meter.CreateObservableGauge("fieldnet.log.disk_step", () => (int)log.Health.Step, "{step}", "How far the log has had to go because the disk fills: 0 there is room, 3 it refuses");
        _meter.CreateObservableGauge("fieldnet.log.cursor_lag", () => CursorLag(log), "{record}", "Records that a reader of the log has not taken yet, by cursor");
        _meter.CreateObservableGauge("fieldnet.process.memory", () => Environment.WorkingSet, "By", "Resident memory");
        _meter.CreateObservableCounter("fieldnet.process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used");
    }

    public void Dispose() => _meter.Dispose();

    private static long Committed(CaptureLog log) => Math.Min(log.CommittedThrough(LogLane.Facts), log.CommittedThrough(LogLane.Waves));

    private static IEnumerable<Measurement<long>> CursorLag(CaptureLog log) => log.Cursors.All.Select(
        cursor => new Measurement<long>(Math.Max(0, Committed(log) - cursor.Through), new KeyValuePair<string, object?>("cursor", cursor.Name)));

    /// <summary>Every reason, also at 0: an absent series could not be told from a healthy one.</summary>
    private static IEnumerable<Measurement<long>> Refused(Sequencer sequencer, WardProcessor ward) =>
        Enum.GetValues<Refusal>().Where(reason => reason != Refusal.None)
            .Select(reason => new Measurement<long>(sequencer.Refusals[reason] + ward.State.RefusedNumbers[(int)reason], new KeyValuePair<string, object?>("reason", reason.Name())));
}
