using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>A UDP relay between sender and reflector that loses, doubles and holds back by the packet's number, and remembers what it did.</summary>
internal sealed class UnkindRelay : IAsyncDisposable
{
    private readonly Socket _near = Bound(), _far = Bound();
    private readonly IPEndPoint _reflector;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private EndPoint? _sender;

    public UnkindRelay(IPEndPoint reflector)
    {
        _reflector = reflector;
        _running = Task.WhenAll(ThereAsync(), BackAsync());
    }

    public IPEndPoint Address => (IPEndPoint)_near.LocalEndPoint!;

    public HashSet<uint> LostThere { get; } = [];

    public HashSet<uint> LostBack { get; } = [];

    /// <summary>Numbers of answers in the order in which they went to the sender.</summary>
    public List<uint> Delivered { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();

        // Only waited for: it ends by being cancelled.
        await Task.WhenAny(_running);
        _near.Dispose();
        _far.Dispose();
        _ending.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static bool IsDoubledThere(uint sequence) => sequence == 0 || sequence % 11 == 5;

    private async Task ThereAsync()
    {
        var buffer = new byte[2048];
        byte[]? held = null;
        while (!_ending.IsCancellationRequested)
        {
            var came = await _near.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _ending.Token);
            _sender = came.RemoteEndPoint;
            var packet = buffer[..came.ReceivedBytes];
            var sequence = BinaryPrimitives.ReadUInt32BigEndian(packet);
            if (sequence % 13 == 6 && held is null)
            {
                held = packet;
                continue;
            }

            if (sequence % 7 == 3)
            {
                LostThere.Add(sequence);
            }
            else
            {
                await _far.SendToAsync(packet, _reflector);
                if (IsDoubledThere(sequence) && sequence > 0)
                {
                    await _far.SendToAsync(packet, _reflector);
                }
            }

            if (held is not null)
            {
                await _far.SendToAsync(held, _reflector);
                held = null;
            }
        }
    }

    private async Task BackAsync()
    {
        var buffer = new byte[2048];
        while (!_ending.IsCancellationRequested)
        {
            var came = await _far.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _ending.Token);
            var packet = buffer[..came.ReceivedBytes];
            var sequence = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(packet.Length == 112 ? 48 : 24));
            if (sequence % 17 == 8 && !IsDoubledThere(sequence))
            {
                LostBack.Add(sequence);
                continue;
            }

            for (var i = sequence % 19 == 9 ? 0 : 1; i < 2; i++)
            {
                Delivered.Add(sequence);
                await _near.SendToAsync(packet, _sender!);
            }
        }
    }
}
