using System.Globalization;
using System.Text;
using FieldNet.Capture.Packets;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Replay;

/// <summary>Turns what a packet capture shows into records: the clients' PUBLISH packets, and the beginning and end of their connections.</summary>
/// <remarks>
/// Order: that in which each packet was complete. Times: of the frame that completed it; log time never goes back, the frame's own time
/// is the receive time. In idle seconds a tick is put, for at most a minute of them: what lies beyond is jumped over.
/// Threading: the capture's.
/// </remarks>
internal sealed class CapturedMessages(TopicTable topics) : IMqttCaptureObserver
{
    private const long TickUs = 1_000_000;
    private const int MostTicks = 60;

    private readonly Dictionary<CapturedConnection, CapturedClient> _clients = [];
    private long _number;
    private long _lastUs;

    /// <summary>Records since it was cleared last.</summary>
    public RecordBatch Batch { get; } = new();

    /// <summary>The file is at its end: connections that are still open have not ended.</summary>
    public bool IsEnding { get; set; }

    /// <summary>PUBLISH packets of clients that break a rule, were too large to keep, or use a topic alias given before the capture began.</summary>
    public long Unusable { get; private set; }

    public long LostSegments { get; private set; }

    public long BrokenStreams { get; private set; }

    /// <summary>TLS sessions: what they carry can't be read.</summary>
    public long EncryptedSessions { get; private set; }

    /// <inheritdoc/>
    public void Opened(CapturedConnection connection, long timeUs) => _clients[connection] = new CapturedClient(connection);

    /// <inheritdoc/>
    public void Packet(in CapturedMqttPacket packet)
    {
        if (!packet.FromClient)
        {
            return;
        }

        var client = _clients[packet.Connection];
        switch (packet.Type)
        {
            case MqttPacketType.Publish:
                Publish(packet, client);
                break;
            case MqttPacketType.Connect when packet.IsWhole && ConnectPacket.Read(packet.Body, out var connect) == MqttReasonCode.Success:
                client.Connect(connect);
                Add(RecordKind.Connect, client, packet.TimeUs, Note(connect, packet.Connection));
                break;
            case MqttPacketType.Disconnect when packet.IsWhole:
                client.Disconnect(packet.Body);
                break;
        }
    }

    /// <inheritdoc/>
    public void Lost(CapturedConnection connection, bool fromClient, long bytes, long timeUs) => LostSegments++;

    /// <inheritdoc/>
    public void Broken(CapturedConnection connection, bool fromClient, long timeUs) => BrokenStreams++;

    /// <inheritdoc/>
    public void Encrypted(TcpEndpoint client, TcpEndpoint server, long timeUs) => EncryptedSessions++;

    /// <inheritdoc/>
    public void Closed(CapturedConnection connection, long timeUs, bool isReset)
    {
        if (_clients.Remove(connection, out var client) && !IsEnding)
        {
            Add(RecordKind.Close, client, timeUs, client.TookLeave ? """{"reason":"captured","leave":true}"""u8 : """{"reason":"captured","leave":false}"""u8);
        }
    }

    private static byte[] Note(in ConnectPacket connect, CapturedConnection connection) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"protocol":{{(int)connect.Version}},"keep_alive_s":{{connect.KeepAliveSeconds}},"clean":{{(connect.CleanStart ? "true" : "false")}},"address":"{{connection.Client}}"}"""));

    private void Publish(in CapturedMqttPacket packet, CapturedClient client)
    {
        if (!packet.IsWhole || !client.TryRead(packet, topics, out var publish, out var topic))
        {
            Unusable++;
            return;
        }

        Tick(packet.TimeUs);
        Batch.Add(new LogRecord
        {
            Number = ++_number,
            LogTimeUs = _lastUs = Math.Max(_lastUs, packet.TimeUs),
            ReceiveTimeUs = packet.TimeUs,
            Kind = RecordKind.Publish,
            Qos = publish.Qos,
            Retain = publish.Retain,
            Duplicate = publish.Duplicate,
            PacketId = publish.PacketId,
            Connection = client.Number,
            Client = client.Name,
            Topic = topic,
            Properties = publish.Properties,
            Payload = publish.Payload,
        });
    }

    private void Add(RecordKind kind, CapturedClient client, long timeUs, ReadOnlySpan<byte> payload)
    {
        Tick(timeUs);
        Add(kind, client.Number, client.Name, _lastUs = Math.Max(_lastUs, timeUs), timeUs, payload);
    }

    /// <summary>Time went on without a word.</summary>
    private void Tick(long timeUs)
    {
        for (var ticks = 0; _lastUs > 0 && timeUs - _lastUs > TickUs && ticks < MostTicks; ticks++)
        {
            _lastUs += TickUs;
            Add(RecordKind.Tick, connection: 0, "", _lastUs, _lastUs, payload: default);
        }
    }

    private void Add(RecordKind kind, long connection, string client, long timeUs, long receiveUs, ReadOnlySpan<byte> payload) => Batch.Add(new LogRecord
    {
        Number = ++_number,
        LogTimeUs = timeUs,
        ReceiveTimeUs = receiveUs,
        Kind = kind,
        Connection = connection,
        Client = client,
        Topic = Topic.None,
        Payload = payload,
    });
}
