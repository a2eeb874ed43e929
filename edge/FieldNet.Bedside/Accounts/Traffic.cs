using System.Text.Json;

namespace FieldNet.Bedside.Accounts;

/// <summary>The sender's own account: what was handed over, what was acknowledged and how fast.</summary>
/// <remarks>Threading: any thread.</remarks>
internal sealed class Traffic
{
    private long _sent, _bytes, _awaited, _acknowledged, _refused, _dropped, _connectionsLost;

    public LatencyHistogram PublishToAck { get; } = new();

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Topic and payload of what was sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Acknowledged with a reason of failure.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Never handed over: no connection, or no room in it.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public long ConnectionsLost => Interlocked.Read(ref _connectionsLost);

    /// <summary>Sent with QoS 1 and neither acknowledged nor refused.</summary>
    public long Awaited => Interlocked.Read(ref _awaited) - Acknowledged - Refused;

    public void CountSent(int bytes, bool awaited)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _awaited, awaited ? 1 : 0);
    }

    public void CountAcknowledged(long latencyUs)
    {
        Interlocked.Increment(ref _acknowledged);
        PublishToAck.Add(latencyUs);
    }

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountDropped() => Interlocked.Increment(ref _dropped);

    public void CountConnectionLost() => Interlocked.Increment(ref _connectionsLost);

    /// <summary>One line a stream: topic, epoch, and the ranges of acknowledged sequence numbers.</summary>
    public static void WriteLedger(TextWriter output, uint epoch, IEnumerable<(string Topic, AcknowledgedRanges Acknowledged)> streams)
    {
        foreach (var (topic, acknowledged) in streams)
        {
            lock (acknowledged)
            {
                if (acknowledged.Ranges.Count > 0)
                {
                    ulong[][] ranges = [.. acknowledged.Ranges.Select(r => new[] { r.First, r.Last })];
                    output.WriteLine(JsonSerializer.Serialize(new { topic, epoch, acknowledged = ranges }));
                }
            }
        }
    }
}
