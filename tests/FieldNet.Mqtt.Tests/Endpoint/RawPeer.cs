using System.Buffers;
using System.Net.Sockets;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>A socket that sends bytes as a test gives them and reads packets.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly PacketBuffer _buffer = new(1024 * 1024);

    public static async Task<RawPeer> OpenAsync(int port)
    {
        var peer = new RawPeer();
        await peer._socket.ConnectAsync("127.0.0.1", port);
        return peer;
    }

    /// <summary>Opens with a CONNECT and reads the CONNACK.</summary>
    public async Task ConnectAsync(string clientId, MqttProtocolVersion version, ushort keepAliveSeconds = 0, byte[]? properties = null, bool cleanStart = true)
    {
        await SendAsync(Encode(output => new ConnectPacket
        {
            Version = version,
            CleanStart = cleanStart,
            KeepAliveSeconds = keepAliveSeconds,
            Properties = properties,
            ClientId = System.Text.Encoding.UTF8.GetBytes(clientId),
        }.Write(output)));
        var (header, body) = await ReadAsync();
        Assert.Equal(0x20, header);
        Assert.Equal(0, body[1]);
    }

    public static byte[] Encode(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Publish(MqttProtocolVersion version, string topic, string payload, byte qos = 0, ushort packetId = 0, bool retain = false, byte[]? properties = null) =>
        Encode(output => new PublishPacket
        {
            Qos = qos,
            Retain = retain,
            PacketId = packetId,
            Topic = System.Text.Encoding.UTF8.GetBytes(topic),
            Properties = properties,
            Payload = System.Text.Encoding.UTF8.GetBytes(payload),
        }.Write(output, version));

    public async Task SendAsync(params byte[] bytes)
    {
        for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
        {
            rest = rest[await _socket.SendAsync(rest, SocketFlags.None)..];
        }
    }

    /// <summary>The next packet; fails the test when the connection ends instead.</summary>
    public async Task<(byte Header, byte[] Body)> ReadAsync()
    {
        var packet = await TryReadAsync();
        Assert.True(packet is not null, "The connection ended.");
        return packet.Value;
    }

    /// <summary>The next packet; null at the end of the connection.</summary>
    public async Task<(byte Header, byte[] Body)?> TryReadAsync()
    {
        using var patience = new CancellationTokenSource(Until.Deadline);
        while (true)
        {
            if (_buffer.TryTake(out var header, out var body) == FrameStatus.Complete)
            {
                return (header, body.ToArray());
            }

            try
            {
                var count = await _socket.ReceiveAsync(_buffer.Space(), SocketFlags.None, patience.Token);
                if (count == 0)
                {
                    return null;
                }

                _buffer.Received(count);
            }
            catch (SocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Nothing has come: seen by a ping's answer being the next packet.</summary>
    public async Task AssertQuietAsync()
    {
        await SendAsync(0xC0, 0);
        Assert.Equal(0xD0, (await ReadAsync()).Header);
    }

    public async Task AssertClosedAsync()
    {
        var packet = await TryReadAsync();
        Assert.True(packet is null, $"A packet instead of the end: {packet?.Header:X2} {Convert.ToHexString(packet?.Body ?? [])}");
    }

    /// <summary>Ends the connection as a pulled plug with a live kernel would.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public void Dispose() => _socket.Dispose();
}
