using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Sequencing;

/// <summary>Arrivals that views asked for while a record was applied, waiting to be numbered behind it.</summary>
/// <remarks>Threading: the sequencer's. Bounded: asking for more than <see cref="Capacity"/> is a bug in the view and throws.</remarks>
internal sealed class InjectedArrivals
{
    private const int Capacity = 65_536;

    private readonly Queue<(byte[] Record, long Connection, string Client)> _queue = [];

    /// <summary>Set while a view looks at old records: what they led to is in the log already.</summary>
    public bool Ignored { get; set; }

    public void Add(in Arrival arrival, long connection, string client)
    {
        if (Ignored)
        {
            return;
        }

        if (_queue.Count == Capacity)
        {
            throw new InvalidOperationException($"A view injected more than {Capacity} records behind one.");
        }

        var record = new byte[RingRecord.LengthOf(in arrival)];
        RingRecord.Write(in arrival, record);
        _queue.Enqueue((record, connection, client));
    }

    public bool TryTake(out byte[] record, out long connection, out string client)
    {
        var taken = _queue.TryDequeue(out var item);
        (record, connection, client) = item;
        return taken;
    }

    /// <summary>A record of the log is about to be applied again: what an earlier one led to is in the log behind that one, in order.</summary>
    /// <remarks>
    /// A crash may have taken the end of it, since a commit takes what there is: then it stays here, and comes behind the start record,
    /// as it did, or will. The other lane's records may have outlived the crash, and say nothing.
    /// </remarks>
    public void Reread(RecordKind kind, LogLane lane)
    {
        switch (kind)
        {
            case RecordKind.Will or RecordKind.Redelivered:
                _queue.TryDequeue(out _);
                break;
            case RecordKind.AgentStart or RecordKind.Quarantine:
                break;
            default:
                if (lane == LogLane.Facts)
                {
                    _queue.Clear();
                }

                break;
        }
    }
}
