using System.Net;
using FieldNet.LoadBench.Sockets;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Loads;

/// <summary>Connected devices, each with its own packets ready.</summary>
internal sealed class Publishers : IDisposable
{
    private Publishers((RawClient Client, PacketRing Packets)[] all) => All = all;

    public (RawClient Client, PacketRing Packets)[] All { get; }

    /// <param name="streams">The packets of device <c>i</c>.</param>
    /// <param name="packets">How many packets lie ready; also the most that one send carries.</param>
    public static Publishers Connect(IPEndPoint server, int count, int packets, Func<int, StampedPacket[]> streams) => new(
        [.. Enumerable.Range(0, count).Select(i => (RawClient.Connect(server, $"bench-{i}"), new PacketRing(streams(i), packets)))]);

    /// <summary>Sends the next packets of one.</summary>
    /// <returns>How many.</returns>
    public int Send(int publisher, int most)
    {
        var sent = 0;
        while (sent < most)
        {
            All[publisher].Client.Send(All[publisher].Packets.Take(most - sent, out var taken));
            sent += taken;
        }

        return sent;
    }

    public void Dispose()
    {
        foreach (var (client, _) in All)
        {
            client.Dispose();
        }
    }
}
