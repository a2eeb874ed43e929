using System.Diagnostics;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Sockets;

namespace FieldNet.LoadBench.Loads;

/// <summary>A fixed rate, spread evenly over the publishers, one message a send as bedsides do it.</summary>
/// <remarks>Sleeps between messages: a generator that spins would take the processor from what it measures.</remarks>
/// <param name="publishers">Who sends.</param>
/// <param name="perSecond">Messages, of all together.</param>
/// <param name="turns">Whose turn it is, again and again; null for one after the other.</param>
internal sealed class PacedLoad(Publishers publishers, double perSecond, int[]? turns = null)
{
    private const int TickMs = 1;

    private readonly int[] _turns = turns ?? [.. Enumerable.Range(0, publishers.All.Length)];
    private readonly Queue<long>[] _sentAt = [.. publishers.All.Select(_ => new Queue<long>())];

    /// <summary>From the send to the PUBACK; empty at QoS 0.</summary>
    public Percentiles Acknowledged { get; } = new();

    public long Sent { get; private set; }

    /// <param name="acknowledged">Every message is answered by a PUBACK, for which the run waits at its end.</param>
    public void Run(TimeSpan duration, bool acknowledged)
    {
        using var ready = new Readiness();
        for (var i = 0; acknowledged && i < publishers.All.Length; i++)
        {
            ready.Add(publishers.All[i].Client.Socket, i);
        }

        long waiting = 0;
        var (started, total, first) = (Stopwatch.GetTimestamp(), (long)(duration.TotalSeconds * perSecond), Sent);
        while (Sent - first < total || (waiting > 0 && Stopwatch.GetElapsedTime(started) < duration + TimeSpan.FromSeconds(10)))
        {
            waiting -= TakeAcks(ready.Wait(TickMs));
            var due = Math.Min(total, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            for (; Sent - first < due; Sent++)
            {
                var publisher = _turns[Sent % _turns.Length];
                if (acknowledged)
                {
                    _sentAt[publisher].Enqueue(Clock.UtcUs);
                    waiting++;
                }

                publishers.Send(publisher, 1);
            }
        }
    }

    private int TakeAcks(ReadOnlySpan<int> ready)
    {
        var taken = 0;
        foreach (var publisher in ready)
        {
            var acks = publishers.All[publisher].Client.ReceiveAcks();
            taken += acks;
            for (var nowUs = Clock.UtcUs; acks > 0; acks--)
            {
                Acknowledged.Add(nowUs - _sentAt[publisher].Dequeue());
            }
        }

        return taken;
    }
}
