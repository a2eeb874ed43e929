using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Network;

/// <summary>Makes reports of the 5G side records of the log.</summary>
/// <remarks>Full policy: the newest report is dropped and counted; the next one says again how things are. Threading: any thread.</remarks>
internal sealed class ReportLane(IIngress ingress) : IDisposable
{
    /// <summary>Far above what any report takes (ReportLimits), far below what a ring holds.</summary>
    private const int MaxReportBytes = 256 * 1024;

    private readonly IIngressLane _lane = ingress.OpenLane(ingress.NextConnection(), "network", new NoOwner());
    private readonly Lock _gate = new();
    private bool _isClosed;
    private long _dropped;

    /// <summary>Reports that are not in the log because the sequencer was behind.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Post(NetworkReport report)
    {
        var payload = report.ToJson();
        lock (_gate)
        {
            if (_isClosed)
            {
                // Unsubscribing does not wait for a report that is on its way.
                return;
            }

            if (payload.Length > MaxReportBytes || !_lane.TryPost(new Arrival { Kind = RecordKind.Network, ReceiveTimeUs = ingress.Clock.NowUs, Payload = payload }))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _lane.Dispose();
        }
    }

    /// <summary>Nobody waits for an answer.</summary>
    private sealed class NoOwner : IArrivalOwner
    {
        public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
        {
        }

        public void Committed()
        {
        }
    }
}
