using System.Net;
using System.Net.Sockets;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Client;

/// <summary>A server that says what a test gives it and shows what the client sent, packet by packet.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket _socket = null!;
    private PacketBuffer _buffer = new(1024 * 1024);

    public RawServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Lets the client in with that CONNACK: flags, code, and in MQTT 5 the property block with its length.</summary>
    public async Task<MqttClient> AcceptAsync(MqttClientOptions options, TimeProvider? time = null, params byte[] connAck)
    {
        var connecting = MqttClient.ConnectAsync("127.0.0.1", Port, options, time);
        await AcceptAsync(connAck);
        return await connecting.WaitAsync(Until.Deadline);
    }

    public async Task AcceptAsync(params byte[] connAck)
    {
        _socket = await _listener.AcceptSocketAsync().WaitAsync(Until.Deadline);
        _buffer = new PacketBuffer(1024 * 1024);
        Assert.Equal("10", (await ReadAsync())[..2]);
        await SendAsync([0x20, (byte)connAck.Length, .. connAck]);
    }

    public async Task SendAsync(params byte[] bytes) => Assert.Equal(bytes.Length, await _socket.SendAsync(bytes));

    /// <summary>The next packet in hexadecimal: its first byte, a blank, and its body; empty at the end of the connection.</summary>
    public async Task<string> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Until.Deadline);
        while (true)
        {
            if (_buffer.TryTake(out var header, out var body) == FrameStatus.Complete)
            {
                return $"{header:X2} {Convert.ToHexString(body.Span)}";
            }

            var count = await _socket.ReceiveAsync(_buffer.Space(), SocketFlags.None, patience.Token);
            if (count == 0)
            {
                return "";
            }

            _buffer.Received(count);
        }
    }

    /// <summary>Pulls the plug.</summary>
    public void Cut() => _socket.Close(timeout: 0);

    public void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}
