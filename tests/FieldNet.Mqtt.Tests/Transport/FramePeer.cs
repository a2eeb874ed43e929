using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FieldNet.Mqtt.Tests.Transport;

/// <summary>The other end of a <see cref="FrameProtocol"/>.</summary>
internal sealed class FramePeer : IDisposable
{
    private FramePeer(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<FramePeer> ConnectAsync(EndPoint address, int? receiveBufferBytes = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(address);
        return new FramePeer(socket);
    }

    /// <summary>The server closes a new connection, maybe before it is known to stand.</summary>
    public static async Task AssertTurnedAwayAsync(EndPoint address)
    {
        try
        {
            using var peer = await ConnectAsync(address);
            await peer.AssertGoneAsync();
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameProtocol.HeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(FrameProtocol.HeaderBytes));
        return frame;
    }

    public static byte[] Frame(int payloadBytes, int seed)
    {
        var payload = new byte[payloadBytes];
        new Random(seed).NextBytes(payload);
        return Frame(payload);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await Socket.SendAsync(bytes, SocketFlags.None).AsTask().WaitAsync(Until.Deadline, TimeProvider.System)..];
        }
    }

    public async Task<byte[]> ReadAsync(int bytes)
    {
        var read = new byte[bytes];
        for (var length = 0; length < bytes;)
        {
            var count = await Socket.ReceiveAsync(read.AsMemory(length), SocketFlags.None).AsTask().WaitAsync(Until.Deadline, TimeProvider.System);
            Assert.True(count > 0, $"The end of the connection behind {length} of {bytes} bytes.");
            length += count;
        }

        return read;
    }

    /// <summary>Sends a frame and gets it back.</summary>
    public async Task EchoAsync(byte[] frame)
    {
        await SendAsync(frame);
        Assert.Equal(frame, await ReadAsync(frame.Length));
    }

    public async Task AssertEndAsync() =>
        Assert.Equal(0, await Socket.ReceiveAsync(new byte[1], SocketFlags.None).WaitAsync(Until.Deadline, TimeProvider.System));

    /// <summary>A reset, or the end.</summary>
    public async Task AssertGoneAsync()
    {
        try
        {
            var rest = new byte[64 * 1024];
            while (await Socket.ReceiveAsync(rest, SocketFlags.None).WaitAsync(Until.Deadline, TimeProvider.System) > 0)
            {
            }
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    public async Task AssertResetAsync()
    {
        var reset = await Assert.ThrowsAsync<SocketException>(AssertEndAsync);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    public void Reset() => Socket.Close(timeout: 0);

    public void Dispose() => Socket.Dispose();
}
