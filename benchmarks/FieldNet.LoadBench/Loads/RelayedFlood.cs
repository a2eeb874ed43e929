using System.Diagnostics;
using FieldNet.LoadBench.Sockets;

namespace FieldNet.LoadBench.Loads;

/// <summary>QoS 0 through a broker to one subscriber, in a closed loop: an open one makes a broker drop.</summary>
internal static class RelayedFlood
{
    /// <param name="outstanding">Most messages sent and not yet received by the subscriber.</param>
    /// <param name="burst">Messages of one send.</param>
    /// <returns>Messages sent, all of them received.</returns>
    public static long Run(Publishers publishers, RawClient subscriber, int outstanding, int burst, TimeSpan duration)
    {
        var (started, counter) = (Stopwatch.GetTimestamp(), new PublishCounter());
        long sent = 0;
        for (var next = 0; Stopwatch.GetElapsedTime(started) < duration;)
        {
            while (sent - counter.Count <= outstanding - burst)
            {
                sent += publishers.Send(next, burst);
                next = (next + 1) % publishers.All.Length;
            }

            counter.Read(subscriber.Receive());
        }

        while (counter.Count < sent)
        {
            counter.Read(subscriber.Receive());
        }

        return sent;
    }
}
