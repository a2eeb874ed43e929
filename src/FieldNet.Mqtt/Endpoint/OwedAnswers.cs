using System.Collections.Concurrent;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The acknowledgements that a client waits for: in the order of arrival, and none before its record's commit.</summary>
/// <remarks>
/// Threading: owed by the read loop, filled in by the sequencer thread, taken and paid by the write loop.
/// Loss: none. The read loop stops at the limits, so there is always room for what is owed.
/// </remarks>
/// <param name="options">The limits.</param>
/// <param name="mark">How far the log is committed.</param>
/// <param name="payable">Called when an answer may go.</param>
/// <param name="paid">Called when something was paid: reading that stopped for it may go on.</param>
internal sealed class OwedAnswers(MqttEndpointOptions options, ICommitMark mark, Action payable, Action paid)
{
    // Bounded by the debts below; a quiet connection's holds next to nothing.
    private readonly ConcurrentQueue<Acknowledgement> _queue = new();
    private Acknowledgement? _oldest;
    private int _publishes;
    private int _held;
    private int _releases;
    private int _subscribes;

    /// <summary>More PUBLISH packets at QoS 1 or 2 unanswered than our Receive Maximum allows.</summary>
    public bool ArePublishesFull => Volatile.Read(ref _publishes) >= options.ReceiveMaximum;

    /// <summary>The same with those at QoS 2 that are not complete: what MQTT 5 counts (4.9).</summary>
    public bool IsWindowFull => Volatile.Read(ref _publishes) + Volatile.Read(ref _held) >= options.ReceiveMaximum;

    public bool AreReleasesFull => Volatile.Read(ref _releases) >= options.ReceiveMaximum;

    public bool AreSubscribesFull => Volatile.Read(ref _subscribes) >= options.MaxPendingSubscribes;

    /// <summary>One of the limits stops the reading.</summary>
    public bool IsFull => ArePublishesFull || AreReleasesFull || AreSubscribesFull;

    /// <summary>A packet of that kind is about to be posted.</summary>
    public void Owe(RecordKind kind) => Interlocked.Increment(ref Debt(kind));

    /// <summary>It was not posted after all, or is never to be answered.</summary>
    public void Waive(RecordKind kind)
    {
        Interlocked.Decrement(ref Debt(kind));
        paid();
    }

    /// <summary>The answers were written: before their flush, since a client can't answer to what it has not seen.</summary>
    public void Pay(in PaidAnswers answers)
    {
        Interlocked.Add(ref _publishes, -answers.Publishes);
        Interlocked.Add(ref _releases, -answers.Releases);
        Interlocked.Add(ref _subscribes, -answers.Subscribes);
        // A client may complete on this connection what it began on an earlier one.
        Volatile.Write(ref _held, Math.Max(0, _held + answers.Held - answers.Releases));
        paid();
    }

    /// <summary>The record has its number: its answer waits for the commit from now on.</summary>
    public void Add(in Acknowledgement answer)
    {
        _queue.Enqueue(answer);
        // The commit may have come, and told, before the answer was in the queue: the fence makes one of us see the other.
        Interlocked.MemoryBarrier();
        if (IsPayable(in answer))
        {
            payable();
        }
    }

    /// <summary>Takes the oldest answer, if its record is committed; while the disk is full, also one that can say so instead.</summary>
    public bool TryTake(out Acknowledgement answer)
    {
        // Taken out and held rather than looked at in its place, which would cost the queue the reuse of its slots.
        _oldest ??= _queue.TryDequeue(out var next) ? next : null;
        answer = _oldest.GetValueOrDefault();
        if (_oldest is null || !IsPayable(in answer))
        {
            return false;
        }

        if (answer.Number > mark.CommittedThrough(answer.Lane) && answer.Why == Refusal.None)
        {
            // The record stays accepted, and is committed when there is room: that is not promised.
            answer = answer with { Reason = Refusal.DiskFull.ToPubAck(), Why = Refusal.DiskFull };
        }

        _oldest = null;
        return true;
    }

    private bool IsPayable(in Acknowledgement answer) =>
        answer.Number <= mark.CommittedThrough(answer.Lane) || (answer.MayRefuse && mark.IsFull(answer.Lane));

    private ref int Debt(RecordKind kind)
    {
        switch (kind)
        {
            case RecordKind.Publish:
                return ref _publishes;
            case RecordKind.Release:
                return ref _releases;
            default:
                return ref _subscribes;
        }
    }
}
