using System.Diagnostics.Metrics;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Telemetry;

namespace FieldNet.Edge.Agent;

/// <summary>The agent's own numbers at <c>/metrics</c> (docs/operations.md): records, commits, refusals, process.</summary>
internal sealed class AgentMetrics : IDisposable
{
    private readonly Meter _meter = new("FieldNet.Agent");

    /// <param name="refusedNumbers">Numbers refused inside messages that otherwise counted, by reason.</param>
    public AgentMetrics(Sequencer sequencer, CaptureLog log, Func<Refusal, long> refusedNumbers)
    {
        _meter.CreateObservableCounter("fieldnet.records", () => sequencer.LastNumber, "{record}", "Number of the last record of the log");
        _meter.CreateObservableCounter("fieldnet.refused", () => Refused(sequencer, refusedNumbers), "{message}", "What arrived and was refused, by reason");
        _meter.CreateObservableCounter("fieldnet.log.commits", () => log.Health.Commits, "{commit}", "Group commits");
        _meter.CreateObservableCounter("fieldnet.log.commit_failures", () => log.Health.Failures, "{commit}", "Group commits that failed and were tried again");
        _meter.CreateObservableGauge("fieldnet.log.pending", () => log.Health.PendingBytes, "By", "Accepted and not yet committed");
        _meter.CreateObservableGauge("fieldnet.log.last_commit", () => log.Health.LastCommit.TotalSeconds, "s", "Duration of the last commit");
        _meter.CreateObservableGauge("fieldnet.process.memory", () => Environment.WorkingSet, "By", "Resident memory");
        _meter.CreateObservableCounter("fieldnet.process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Every reason, also at 0: an absent series could not be told from a healthy one.</summary>
    private static IEnumerable<Measurement<long>> Refused(Sequencer sequencer, Func<Refusal, long> refusedNumbers) =>
        Enum.GetValues<Refusal>().Where(reason => reason != Refusal.None)
            .Select(reason => new Measurement<long>(sequencer.Refusals[reason] + refusedNumbers(reason), new KeyValuePair<string, object?>("reason", reason.Name())));
}
