using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>A message on its way to one subscriber.</summary>
/// <param name="Message">Shared with other subscribers.</param>
/// <param name="Qos">The lower of the message's and the subscription's.</param>
/// <param name="Retain">The flag as this subscriber is to see it.</param>
internal record struct OutboundItem(OutboundMessage Message, byte Qos, bool Retain)
{
    /// <summary>Given as it is queued, so that the log gives the same one when it is read again; 0 at QoS 0.</summary>
    public ushort PacketId { get; set; }

    /// <summary>It may have been sent before, on an earlier connection.</summary>
    public bool Duplicate { get; set; }

    /// <summary>Subscription identifiers, as properties.</summary>
    public byte[] Identifiers { get; init; } = [];

    /// <summary>The shared subscription that it came by; null for one of the session's own.</summary>
    public ShareGroup? Group { get; init; }

    /// <summary>It is sent behind this SUBACK of its connection; 0 for none.</summary>
    public int BehindAnswer { get; set; }

    public OutboundState State { get; set; } = OutboundState.Queued;

    /// <summary>The record that led to the next packet: a lasting session's waits for its commit.</summary>
    public long Number { get; set; }

    public LogLane Lane { get; set; }

    /// <summary>What is to be sent is PUBREL.</summary>
    public readonly bool IsRelease => State == OutboundState.Received;

    /// <summary>It is not to be sent any more; what may have been sent before is sent again all the same (4.3.2, 4.3.3-7).</summary>
    public readonly bool IsExpired(long nowUs) => !Duplicate && Message.ExpiresAtUs <= nowUs;

    /// <summary>Size of its PUBLISH on the wire, with its whole topic name.</summary>
    public readonly int PacketBytes(MqttProtocolVersion version)
    {
        var properties = Identifiers.Length + Message.Properties.Length;
        return MqttPacketWriter.PacketBytes(
            2 + Message.Topic.Utf8.Length
            + (Qos > 0 ? 2 : 0)
            + (version == MqttProtocolVersion.V5 ? MqttVarint.Length(properties) + properties : 0)
            + Message.Payload.Length);
    }
}
