using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FieldNet.EndToEnd.Tests.Hostile;

/// <summary>A socket that keeps to no rule: it sends what a test gives it and reads only what a test asks for.</summary>
internal sealed class HostilePeer : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private HostilePeer()
    {
    }

    /// <param name="port">The agent's.</param>
    /// <param name="host">The last part of the address in 127.0.0.0/8 to come from: limits count by address.</param>
    public static async Task<HostilePeer> OpenAsync(int port, int host = 66)
    {
        var peer = new HostilePeer();
        peer._socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)host]), 0));
        await peer._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>A CONNECT of 3.1.1 and a SUBSCRIBE at that QoS, whose answers are read.</summary>
    public async Task SubscribeAsync(string clientId, string filter, byte qos)
    {
        await SendAsync((byte[])[.. Connect(clientId), .. Packet(0x82, [0, 1, .. Text(filter), qos])]);
        await ReadAsync(4 + 5);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            rest = rest[await _socket.SendAsync(rest, TestContext.Current.CancellationToken)..];
        }
    }

    public async Task ReadAsync(int bytes)
    {
        var buffer = new byte[bytes];
        for (var read = 0; read < bytes;)
        {
            var count = await _socket.ReceiveAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken);
            Assert.True(count > 0, "the connection ended");
            read += count;
        }
    }

    /// <summary>The server has closed, whatever it said before.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, patience.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public static byte[] Connect(string clientId) => Packet(0x10, [0, 4, .. "MQTT"u8, 4, 2, 0, 0, .. Text(clientId)]);

    public static byte[] Publish(string topic, int payloadBytes) => Packet(0x30, [.. Text(topic), .. new byte[payloadBytes]]);

    public void Dispose() => _socket.Dispose();

    private static byte[] Packet(byte header, byte[] body)
    {
        List<byte> packet = [header];
        var length = body.Length;
        for (; length > 127; length >>= 7)
        {
            packet.Add((byte)(length | 0x80));
        }

        return [.. packet, (byte)length, .. body];
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[2 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(bytes.Length - 2));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(2));
        return bytes;
    }
}
