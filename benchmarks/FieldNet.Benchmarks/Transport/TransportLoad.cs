using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FieldNet.Mqtt.Transport;

namespace FieldNet.Benchmarks.Transport;

/// <summary>Publishers on one thread, as light as can be: packets are prepared, answers are counted as bytes.</summary>
internal sealed class TransportLoad : IDisposable
{
    private const int PacketBytes = 128;
    private const int AckBytes = 4;
    private const int BlockPackets = 512;
    private const int PacketIdAt = 4;

    private readonly EpollQueue _queue = new();
    private readonly Publisher[] _publishers;
    private readonly byte[] _received = new byte[64 * 1024];

    public TransportLoad(int port, int connections)
    {
        _publishers = new Publisher[connections];
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, port);
            socket.Send([0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 0]);
            _publishers[i] = new Publisher(socket);
        }

        for (var i = 0; i < connections; i++)
        {
            var connack = new byte[4];
            for (var length = 0; length < connack.Length;)
            {
                length += _publishers[i].Socket.Receive(connack.AsSpan(length));
            }

            _publishers[i].Socket.Blocking = false;
            _queue.Add((int)_publishers[i].Socket.Handle, Libc.EpollIn, i);
        }
    }

    /// <summary>Nothing is sent, and nothing should come.</summary>
    public void Rest(TimeSpan time) => _queue.Wait((int)time.TotalMilliseconds);

    /// <summary>Sends at a fixed rate, each message from the next connection, at QoS 1.</summary>
    /// <returns>From the moment when a message was due to its acknowledgement, sorted, in microseconds.</returns>
    public double[] Pace(int perSecond, TimeSpan time)
    {
        var packet = Publish(qos: 1);
        var latencies = new List<double>((int)(perSecond * time.TotalSeconds) + 1);
        var order = Enumerable.Range(0, _publishers.Length).ToArray();
        new Random(1).Shuffle(order);
        var start = Stopwatch.GetTimestamp();
        var total = (long)(perSecond * time.TotalSeconds);
        var ticks = (double)Stopwatch.Frequency / perSecond;
        for (long sent = 0, acked = 0; acked < total;)
        {
            var now = Stopwatch.GetTimestamp();
            while (sent < total && start + (long)(sent * ticks) is var due && due <= now)
            {
                var publisher = _publishers[order[sent % order.Length]];
                publisher.Due.Enqueue(due);
                publisher.Socket.Send(packet);
                sent++;
            }

            var next = sent < total ? start + (long)(sent * ticks) - Stopwatch.GetTimestamp() : Stopwatch.Frequency / 10;
            var count = _queue.WaitUntil(TimeSpan.FromSeconds(Math.Max(0, next) / (double)Stopwatch.Frequency));
            now = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var publisher = _publishers[_queue[i].Tag];
                for (var acks = publisher.Acks(_received); acks > 0; acks--, acked++)
                {
                    latencies.Add((now - publisher.Due.Dequeue()) * 1e6 / Stopwatch.Frequency);
                }
            }
        }

        latencies.Sort();
        return [.. latencies];
    }

    /// <summary>Sends as much as goes.</summary>
    /// <returns>Messages that arrived, in a second.</returns>
    public double Flood(byte qos, TimeSpan time)
    {
        var block = Enumerable.Repeat(Publish(qos), BlockPackets).SelectMany(packet => packet).ToArray();
        var start = Stopwatch.GetTimestamp();
        var messages = qos == 0 ? FloodOpen(block, time) : FloodWindowed(block, time);
        return messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var publisher in _publishers)
        {
            publisher.Socket.Dispose();
        }
    }

    private static byte[] Publish(byte qos)
    {
        var packet = new byte[PacketBytes];
        packet[0] = (byte)(0x30 | (qos << 1));
        packet[1] = PacketBytes - 2;
        packet[PacketIdAt - 1] = 0;
        packet[PacketIdAt + 1] = 1;
        return packet;
    }

    private long FloodOpen(byte[] block, TimeSpan time)
    {
        var (start, sent) = (Stopwatch.GetTimestamp(), 0L);
        foreach (var publisher in _publishers)
        {
            publisher.Socket.Blocking = true;
        }

        while (Stopwatch.GetElapsedTime(start) < time)
        {
            foreach (var publisher in _publishers)
            {
                publisher.Socket.Send(block);
                sent += BlockPackets;
            }
        }

        foreach (var publisher in _publishers)
        {
            publisher.Socket.Send([0xC0, 0]);
            publisher.Socket.Receive(_received.AsSpan(0, 2));
            publisher.Socket.Blocking = false;
        }

        return sent;
    }

    private long FloodWindowed(byte[] block, TimeSpan time)
    {
        var (start, acked, outstanding) = (Stopwatch.GetTimestamp(), 0L, 0L);
        foreach (var publisher in _publishers)
        {
            publisher.Socket.Send(block.AsSpan(0, BlockPackets / 2 * PacketBytes));
            outstanding += BlockPackets / 2;
        }

        while (outstanding > 0)
        {
            var isOver = Stopwatch.GetElapsedTime(start) >= time;
            var count = _queue.Wait(1000);
            for (var i = 0; i < count; i++)
            {
                var publisher = _publishers[_queue[i].Tag];
                var acks = publisher.Acks(_received);
                (acked, outstanding) = (acked + acks, outstanding - acks);
                if (!isOver && acks > 0)
                {
                    publisher.Socket.Send(block.AsSpan(0, acks * PacketBytes));
                    outstanding += acks;
                }
            }
        }

        return acked;
    }

    private sealed class Publisher(Socket socket)
    {
        private int _partBytes;

        public Socket Socket => socket;

        public Queue<long> Due { get; } = new();

        public int Acks(byte[] received)
        {
            var bytes = _partBytes + socket.Receive(received);
            _partBytes = bytes % AckBytes;
            return bytes / AckBytes;
        }
    }
}
