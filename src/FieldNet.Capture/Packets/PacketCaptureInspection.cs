using System.Globalization;
using FieldNet.Capture.Inspection;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>What a packet capture holds: the report of <c>inspect</c>, ready to be written as JSON in snake_case.</summary>
public sealed record PacketCaptureInspection
{
    /// <summary><c>pcap</c> or <c>pcapng</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Time of the first frame, ISO 8601; null in an empty capture.</summary>
    public required string? First { get; init; }

    public required string? Last { get; init; }

    public required long Frames { get; init; }

    /// <summary>The file ends in the middle of a frame.</summary>
    public required bool Cut { get; init; }

    /// <summary>Places that break the format and were passed over.</summary>
    public required long Damaged { get; init; }

    /// <summary>Frames of link types that can't be read, by their number; empty in most captures.</summary>
    public required IReadOnlyDictionary<string, long> UnreadLinkTypes { get; init; }

    public required MqttTraffic Mqtt { get; init; }

    public required EncryptedTraffic Encrypted { get; init; }

    /// <exception cref="PacketCaptureException">It is no capture.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static PacketCaptureInspection Read(string path)
    {
        using var reader = CaptureFile.Open(path);
        return Read(reader);
    }

    public static PacketCaptureInspection Read(ICaptureReader reader)
    {
        var counts = new Counts();
        var capture = new MqttCapture(counts);
        var unread = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long frames = 0;
        long first = 0;
        long last = 0;
        while (reader.TryRead(out var frame))
        {
            first = frames++ == 0 ? frame.TimeUs : first;
            last = frame.TimeUs;
            if (!Enum.IsDefined(frame.Link))
            {
                Counts.Count(unread, ((int)frame.Link).ToString(CultureInfo.InvariantCulture));
                continue;
            }

            capture.Take(frame);
        }

        capture.Finish();
        return new PacketCaptureInspection
        {
            Format = reader.Format,
            First = frames == 0 ? null : LogTimes.ToIso(first),
            Last = frames == 0 ? null : LogTimes.ToIso(last),
            Frames = frames,
            Cut = reader.IsCut,
            Damaged = reader.Damaged,
            UnreadLinkTypes = unread,
            Encrypted = counts.ToEncrypted(),
            Mqtt = counts.ToTraffic(),
        };
    }

    private sealed class Counts : IMqttCaptureObserver
    {
        private readonly SortedDictionary<string, long> _versions = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, long> _publishQos = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, long> _encrypted = new(StringComparer.Ordinal);
        private int _connections;
        private long _malformed;
        private long _lost;

        public MqttTraffic ToTraffic() => new()
        {
            Connections = _connections,
            Versions = _versions,
            Types = _types,
            PublishQos = _publishQos,
            Malformed = _malformed,
            LostSegments = _lost,
        };

        public EncryptedTraffic ToEncrypted() => new() { Sessions = _encrypted.Values.Sum(), Servers = _encrypted };

        public void Encrypted(TcpEndpoint client, TcpEndpoint server, long timeUs) => Count(_encrypted, server.ToString());

        public void Opened(CapturedConnection connection, long timeUs) => _connections++;

        public void Packet(in CapturedMqttPacket packet)
        {
            Count(_types, packet.Type.ToString().ToUpperInvariant());
            _malformed += packet.Fault == MqttReasonCode.Success ? 0 : 1;
            if (packet.Type == MqttPacketType.Publish)
            {
                Count(_publishQos, ((packet.Header >> 1) & 0b11).ToString(CultureInfo.InvariantCulture));
            }
            else if (packet.Type == MqttPacketType.Connect && packet.Connection.Version is { } version)
            {
                Count(_versions, ((int)version).ToString(CultureInfo.InvariantCulture));
            }
        }

        public void Lost(CapturedConnection connection, bool fromClient, long bytes, long timeUs) => _lost++;

        public void Broken(CapturedConnection connection, bool fromClient, long timeUs) => _malformed++;

        public void Closed(CapturedConnection connection, long timeUs, bool isReset)
        {
        }

        public static void Count(SortedDictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
