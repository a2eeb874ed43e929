using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Agent;

/// <summary>Where the agent's own facts become records: probes, its health, steps of the alarm path.</summary>
/// <remarks>
/// Threading: any thread. Full policy: the ring holds half a megabyte; when even that is full, for the processor stands still, <see cref="TryPost"/>
/// says so and <see cref="PostAsync"/> waits.
/// </remarks>
internal sealed class AgentRecords : IArrivalOwner, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource?> _posted = new();
    private readonly IIngress _ingress;
    private readonly IIngressLane _lane;

    public AgentRecords(IIngress ingress)
    {
        _ingress = ingress;
        _lane = ingress.OpenLane(connection: 0, client: "", this);
    }

    /// <returns>False when there is no room: nothing was posted.</returns>
    public bool TryPost(RecordKind kind, ReadOnlySpan<byte> payload) => Post(kind, payload, sequenced: null);

    /// <summary>Completes when the record has its number: whatever arrives from now on lies behind it.</summary>
    public async Task PostAsync(RecordKind kind, byte[] payload, CancellationToken cancellation)
    {
        var sequenced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!Post(kind, payload, sequenced))
        {
            await _lane.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }

        await sequenced.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        lock (_gate)
        {
            _posted.Dequeue()?.SetResult();
        }
    }

    /// <inheritdoc/>
    public void Committed()
    {
    }

    public void Dispose() => _lane.Dispose();

    private bool Post(RecordKind kind, ReadOnlySpan<byte> payload, TaskCompletionSource? sequenced)
    {
        // A ring has one writer; and the order of waiters is that of the ring.
        lock (_gate)
        {
            var isPosted = _lane.TryPost(new Arrival { Kind = kind, ReceiveTimeUs = _ingress.Clock.NowUs, Payload = payload });
            if (isPosted)
            {
                _posted.Enqueue(sequenced);
            }

            return isPosted;
        }
    }
}
