using System.Diagnostics;

namespace FieldNet.LoadBench.Loads;

/// <summary>QoS 0 as fast as the server reads: TCP alone holds the publishers back.</summary>
/// <remarks>One thread sends for all publishers in turn; what the sockets hold keeps the server busy meanwhile.</remarks>
internal static class OpenFlood
{
    /// <returns>Messages sent.</returns>
    public static long Run(Publishers publishers, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        long sent = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            for (var i = 0; i < publishers.All.Length; i++)
            {
                sent += publishers.Send(i, publishers.All[i].Packets.Packets);
            }
        }

        return sent;
    }
}
