using System.Security.Cryptography;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>What a client settled in CONNECT.</summary>
internal sealed class ConnectSettings
{
    private WillMessage? _will;

    private ConnectSettings(in ConnectPacket packet)
    {
        Version = packet.Version;
        CleanStart = packet.CleanStart;
        KeepAliveSeconds = packet.KeepAliveSeconds;
        IsClientIdAssigned = packet.ClientId.IsEmpty;
        ClientId = IsClientIdAssigned ? $"auto-{RandomNumberGenerator.GetHexString(16, lowercase: true)}" : Encoding.UTF8.GetString(packet.ClientId);
        // Before MQTT 5 a session lasts when it was not to be clean; 0xFFFFFFFF means for ever (MQTT 5, 3.1.2.11.2).
        SessionExpirySeconds = Version == MqttProtocolVersion.V5
            ? MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.SessionExpiryInterval, 0)
            : CleanStart ? 0 : uint.MaxValue;
        ReceiveMaximum = (int)MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.ReceiveMaximum, ushort.MaxValue);
        MaxPacketBytes = MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.MaximumPacketSize, uint.MaxValue);
        _will = WillMessage.From(packet);
    }

    public MqttProtocolVersion Version { get; }

    public bool CleanStart { get; }

    public ushort KeepAliveSeconds { get; }

    public string ClientId { get; }

    public bool IsClientIdAssigned { get; }

    /// <summary>DISCONNECT may change it.</summary>
    public uint SessionExpirySeconds { get; set; }

    public int ReceiveMaximum { get; }

    public long MaxPacketBytes { get; }

    /// <summary>For the record of the Connect; null without a Will.</summary>
    public string? WillTopic => _will is { } will ? Encoding.UTF8.GetString(will.Topic) : null;

    /// <summary>The Will, to one taker: the broker to publish it, or the reader to waive it.</summary>
    public WillMessage? TakeWill() => Interlocked.Exchange(ref _will, null);

    /// <summary>Takes over a CONNECT that the endpoint can serve.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the reason for CONNACK.</returns>
    public static MqttReasonCode From(in ConnectPacket packet, MqttEndpointOptions options, out ConnectSettings? settings)
    {
        settings = null;
        if (MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.AuthenticationMethod, out _))
        {
            return MqttReasonCode.BadAuthenticationMethod;
        }

        // An empty identifier needs a clean session before MQTT 5 (3.1.1, 3.1.3-8), and was no identifier at all in 3.1.
        var mayBeEmpty = packet.Version == MqttProtocolVersion.V5 || (packet.Version == MqttProtocolVersion.V311 && packet.CleanStart);
        if (packet.ClientId.Length > options.MaxClientIdBytes || (packet.ClientId.IsEmpty && !mayBeEmpty))
        {
            return MqttReasonCode.ClientIdentifierNotValid;
        }

        if (packet.WillQos > 1)
        {
            return MqttReasonCode.QosNotSupported;
        }

        settings = new ConnectSettings(packet);
        return MqttReasonCode.Success;
    }
}
