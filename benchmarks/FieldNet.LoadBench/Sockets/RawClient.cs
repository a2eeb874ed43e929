using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldNet.LoadBench.Sockets;

/// <summary>An MQTT 3.1.1 client with nothing around its socket: packets are sent and counted as bytes.</summary>
/// <remarks>Threading: one thread. Calls block; a peer that says nothing for ten seconds is an <see cref="IOException"/>.</remarks>
internal sealed class RawClient : IDisposable
{
    private const int PubAckBytes = 4;

    private readonly byte[] _received = new byte[64 * 1024];
    private int _partOfAck;

    private RawClient(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static RawClient Connect(IPEndPoint server, string clientId, string? subscribe = null, byte qos = 0)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        socket.Connect(server);
        var client = new RawClient(socket);
        var id = Encoding.UTF8.GetBytes(clientId);
        client.Send([0x10, (byte)(12 + id.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 0b10, 0, 0, 0, (byte)id.Length, .. id]);
        client.Expect(0x20, bytes: 4);
        if (subscribe is not null)
        {
            var filter = Encoding.UTF8.GetBytes(subscribe);
            client.Send([0x82, (byte)(5 + filter.Length), 0, 1, 0, (byte)filter.Length, .. filter, qos]);
            client.Expect(0x90, bytes: 5);
        }

        return client;
    }

    public void Send(ReadOnlySpan<byte> packets)
    {
        while (!packets.IsEmpty)
        {
            packets = packets[Socket.Send(packets)..];
        }
    }

    /// <summary>Reads once.</summary>
    public ReadOnlySpan<byte> Receive()
    {
        var count = Socket.Receive(_received);
        return count > 0 ? _received.AsSpan(0, count) : throw new IOException("the peer closed the connection");
    }

    /// <summary>Reads once; everything that comes is a PUBACK.</summary>
    /// <returns>How many are complete.</returns>
    public int ReceiveAcks()
    {
        var bytes = Receive();
        if (bytes[_partOfAck == 0 ? 0 : Math.Min(bytes.Length - 1, PubAckBytes - _partOfAck)] != 0x40 && bytes.Length > PubAckBytes)
        {
            throw new IOException("the peer sent something other than a PUBACK");
        }

        var (acks, rest) = Math.DivRem(bytes.Length + _partOfAck, PubAckBytes);
        _partOfAck = rest;
        return acks;
    }

    /// <summary>Everything sent so far has been framed once this returns.</summary>
    public void Ping()
    {
        Send([0xC0, 0]);
        Expect(0xD0, bytes: 2);
    }

    public void Dispose() => Socket.Dispose();

    private void Expect(byte first, int bytes)
    {
        var answer = new byte[bytes];
        for (var read = 0; read < bytes;)
        {
            var count = Socket.Receive(answer.AsSpan(read));
            read += count > 0 ? count : throw new IOException("the peer closed the connection");
        }

        if (answer[0] != first)
        {
            throw new IOException($"the peer answered {answer[0]:x2}, not {first:x2}");
        }
    }
}
