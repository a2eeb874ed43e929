using System.Diagnostics;
using FieldNet.LoadBench.Sockets;

namespace FieldNet.LoadBench.Loads;

/// <summary>QoS 1 in a closed loop: each publisher keeps its window full.</summary>
internal static class WindowedFlood
{
    private const int PatienceMs = 10_000;

    /// <summary>Returns once every message is acknowledged.</summary>
    /// <param name="subscriber">Reads along and acknowledges; null for a server that nobody subscribes to.</param>
    /// <returns>Messages sent.</returns>
    public static long Run(Publishers publishers, int window, TimeSpan duration, RawClient? subscriber)
    {
        var (started, counter) = (Stopwatch.GetTimestamp(), new PublishCounter());
        using var ready = new Readiness();
        long sent = 0, acked = 0;
        for (var i = 0; i < publishers.All.Length; i++)
        {
            ready.Add(publishers.All[i].Client.Socket, i);
            sent += publishers.Send(i, window);
        }

        if (subscriber is not null)
        {
            ready.Add(subscriber.Socket, -1);
        }

        while (acked < sent || (subscriber is not null && counter.Count < sent))
        {
            var tags = ready.Wait(PatienceMs);
            if (tags.IsEmpty)
            {
                throw new BenchException($"{sent - acked} messages were not acknowledged within {PatienceMs} ms");
            }

            var over = Stopwatch.GetElapsedTime(started) >= duration;
            foreach (var tag in tags)
            {
                if (tag < 0)
                {
                    counter.Read(subscriber!.Receive());
                    subscriber.Send(counter.TakeAcks());
                    continue;
                }

                var acks = publishers.All[tag].Client.ReceiveAcks();
                acked += acks;
                sent += over ? 0 : publishers.Send(tag, acks);
            }
        }

        return sent;
    }
}
