using FieldNet.Bedside.Devices;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Bedside.Tests.Devices;

/// <summary>A server in memory: keeps what it was sent and acknowledges at once, unless told otherwise.</summary>
internal sealed class FakeConnector : IConnector
{
    private readonly Lock _gate = new();
    private readonly List<Sent> _sent = [];
    private readonly List<(string ClientId, string? Will)> _connected = [];

    /// <summary>Asked before each acknowledgement; default yes.</summary>
    public Func<Sent, bool> Acknowledges { get; set; } = _ => true;

    /// <summary>Whether a connection takes a message now; default yes.</summary>
    public Func<bool> HasRoom { get; set; } = () => true;

    /// <summary>Virtual time now, for the record.</summary>
    public Func<long> NowUs { get; set; } = () => 0;

    public int Aborted { get; private set; }

    public int Left { get; private set; }

    public IReadOnlyList<Sent> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public IReadOnlyList<(string ClientId, string? Will)> Connected
    {
        get
        {
            lock (_gate)
            {
                return [.. _connected];
            }
        }
    }

    public Task<ITransport> ConnectAsync(
        string clientId, (string Topic, byte[] Payload)? will, Action<ulong, bool> acknowledged, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _connected.Add((clientId, will?.Topic));
        }
        return Task.FromResult<ITransport>(new Transport(this, clientId, acknowledged));
    }

    /// <summary>One message as the server got it.</summary>
    internal sealed record Sent(string ClientId, string Topic, byte[] Payload, byte Qos, bool Retain, long AtUs)
    {
        public string Kind => Topic.Split('/')[6];

        public Stamp Stamp => Kind switch
        {
            "wave" => WaveChunk.Parser.ParseFrom(Payload).Stamp,
            "vitals" => Vitals.Parser.ParseFrom(Payload).Stamp,
            "alarm" => AlarmReport.Parser.ParseFrom(Payload).Stamp,
            _ => DeviceStatus.Parser.ParseFrom(Payload).Stamp,
        };
    }

    private sealed class Transport(FakeConnector server, string clientId, Action<ulong, bool> acknowledged) : ITransport
    {
        private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Closed => _closed.Task;

        public bool TryPublish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ulong token)
        {
            if (Closed.IsCompleted || !server.HasRoom())
            {
                return false;
            }
            var sent = new Sent(clientId, System.Text.Encoding.UTF8.GetString(topic), payload.ToArray(), qos, retain, server.NowUs());
            lock (server._gate)
            {
                server._sent.Add(sent);
            }
            if (qos > 0 && server.Acknowledges(sent))
            {
                acknowledged(token, true);
            }
            return true;
        }

        public void Abort()
        {
            if (_closed.TrySetResult("reset"))
            {
                server.Aborted++;
            }
        }

        public Task DisconnectAsync(CancellationToken cancellationToken)
        {
            if (_closed.TrySetResult("left"))
            {
                lock (server._gate)
                {
                    server.Left++;
                }
            }
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Abort();
            return ValueTask.CompletedTask;
        }
    }
}
