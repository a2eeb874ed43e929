using System.Text;
using FieldNet.Capture.Packets;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Replay;

/// <summary>What one connection of a capture has shown of its client: who it is, how it speaks, and what its topic aliases stand for.</summary>
/// <remarks>
/// Shape: of a connection joined in its middle nothing was said: it is named after its address, and its MQTT version is the one by which
/// its first message to the ward can be read. Threading: the capture's.
/// </remarks>
internal sealed class CapturedClient(CapturedConnection connection)
{
    /// <summary>Bounds what one client's aliases may keep.</summary>
    private const int MaxAliasBytes = 1024 * 1024;

    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();

    private readonly Dictionary<uint, byte[]> _aliases = [];
    private int _aliasBytes;
    private MqttProtocolVersion? _guessed;

    /// <summary>Above those of an agent's own records, and as an agent numbers them: its start in the upper half.</summary>
    public long Number { get; } = (1L << 32) | (uint)connection.Number;

    public string Name { get; private set; } = connection.Client.ToString();

    /// <summary>It said good-bye and waived its Will.</summary>
    public bool TookLeave { get; private set; }

    public void Connect(in ConnectPacket packet) => Name = packet.ClientId.IsEmpty ? Name : Encoding.UTF8.GetString(packet.ClientId);

    public void Disconnect(ReadOnlySpan<byte> body)
    {
        var version = connection.Version ?? MqttProtocolVersion.V311;
        TookLeave = DisconnectPacket.Read(body, version, out var packet) == MqttReasonCode.Success && packet.Reason == MqttReasonCode.Success;
    }

    public bool TryRead(in CapturedMqttPacket captured, TopicTable topics, out PublishPacket publish, out Topic topic)
    {
        topic = Topic.None;
        if (MqttFaultOf(captured, topics, out publish) != MqttReasonCode.Success)
        {
            return false;
        }

        var name = publish.Topic;
        if (!publish.Properties.IsEmpty && MqttPropertyRules.TryFind(publish.Properties, MqttPropertyId.TopicAlias, out var alias))
        {
            if (!name.IsEmpty)
            {
                Learn(alias.Number, name);
            }
            else if (_aliases.TryGetValue(alias.Number, out var known))
            {
                name = known;
            }
        }

        topic = name.IsEmpty ? topic : topics.Intern(name);
        return !name.IsEmpty;
    }

    private static MqttReasonCode Read(in CapturedMqttPacket captured, MqttProtocolVersion version, out PublishPacket publish) =>
        PublishPacket.Read(captured.Header, captured.Body, version, MqttPropertyRules.PublishToServer, out publish);

    private MqttReasonCode MqttFaultOf(in CapturedMqttPacket captured, TopicTable topics, out PublishPacket publish)
    {
        if ((connection.Version ?? _guessed) is { } version)
        {
            return Read(captured, version, out publish);
        }

        // Before MQTT 5 there are no properties: their length would be taken for the payload's first byte, which then can't be decoded.
        var older = Read(captured, MqttProtocolVersion.V311, out var asOlder);
        var newer = Read(captured, MqttProtocolVersion.V5, out var asNewer);
        var (isOlder, isNewer) = (older == MqttReasonCode.Success && Fits(asOlder, topics), newer == MqttReasonCode.Success && Fits(asNewer, topics));
        if (isOlder != isNewer)
        {
            _guessed = isOlder ? MqttProtocolVersion.V311 : MqttProtocolVersion.V5;
        }

        var takeNewer = (isNewer && !isOlder) || older != MqttReasonCode.Success;
        publish = takeNewer ? asNewer : asOlder;
        return takeNewer ? newer : older;
    }

    private bool Fits(in PublishPacket publish, TopicTable topics)
    {
        if (publish.Topic.IsEmpty || topics.Intern(publish.Topic) is not { Scope: TopicScope.Device, Refusal: Refusal.None } topic)
        {
            return false;
        }

        var format = TelemetryDecoder.FormatOf(publish.Properties);
        return topic.Message switch
        {
            MessageKind.Wave => _decoder.ReadWave(publish.Payload, format, topic.Signal!, out _) == Refusal.None,
            MessageKind.Vitals => _decoder.ReadVitals(publish.Payload, format, _vitals) == Refusal.None,
            MessageKind.Alarm => _decoder.ReadAlarms(publish.Payload, format, new AlarmReport()) == Refusal.None,
            MessageKind.Status => _decoder.ReadStatus(publish.Payload, format, new DeviceStatus()) == Refusal.None,
            _ => _decoder.ReadLink(publish.Payload, format, new LinkReport()) == Refusal.None,
        };
    }

    private void Learn(uint alias, ReadOnlySpan<byte> name)
    {
        if (_aliases.TryGetValue(alias, out var known))
        {
            if (name.SequenceEqual(known))
            {
                return;
            }

            _aliasBytes -= known.Length;
        }

        if (_aliasBytes + name.Length <= MaxAliasBytes)
        {
            _aliases[alias] = name.ToArray();
            _aliasBytes += name.Length;
        }
        else
        {
            _aliases.Remove(alias);
        }
    }
}
