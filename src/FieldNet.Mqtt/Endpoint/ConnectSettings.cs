using System.Security.Cryptography;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>What a client asked for in CONNECT, and what it gets of it.</summary>
internal sealed class ConnectSettings
{
    private ConnectSettings(in ConnectPacket packet, MqttEndpointOptions options, ITransport transport)
    {
        Version = packet.Version;
        CleanStart = packet.CleanStart;
        IsClientIdAssigned = packet.ClientId.IsEmpty;
        var clientId = IsClientIdAssigned ? $"auto-{RandomNumberGenerator.GetHexString(16, lowercase: true)}" : Encoding.UTF8.GetString(packet.ClientId);
        var userName = packet.HasUserName ? Encoding.UTF8.GetString(packet.UserName) : null;
        Identity = new MqttIdentity(clientId, userName, transport.RemoteEndPoint?.ToString() ?? "", transport.ClientCertificate);

        var longest = (uint)options.MaxKeepAlive.TotalSeconds;
        IsKeepAliveOurs = Version == MqttProtocolVersion.V5 && longest > 0 && (packet.KeepAliveSeconds == 0 || packet.KeepAliveSeconds > longest);
        KeepAliveSeconds = IsKeepAliveOurs ? (ushort)longest : packet.KeepAliveSeconds;

        // Before MQTT 5 a session lasts for ever when it was not to be clean; 0xFFFFFFFF means the same (MQTT 5, 3.1.2.11.2).
        var wanted = Version == MqttProtocolVersion.V5 ? Number(packet, MqttPropertyId.SessionExpiryInterval, 0) : CleanStart ? 0 : uint.MaxValue;
        SessionExpirySeconds = Math.Min(wanted, (uint)options.MaxSessionExpiry.TotalSeconds);
        IsSessionExpiryOurs = Version == MqttProtocolVersion.V5 && SessionExpirySeconds != wanted;

        ReceiveMaximum = (int)Number(packet, MqttPropertyId.ReceiveMaximum, ushort.MaxValue);
        MaxPacketBytes = Number(packet, MqttPropertyId.MaximumPacketSize, uint.MaxValue);
        TopicAliasMaximum = (int)Number(packet, MqttPropertyId.TopicAliasMaximum, 0);
        WantsReasons = Version == MqttProtocolVersion.V5 && Number(packet, MqttPropertyId.RequestProblemInformation, 1) == 1;
        Will = WillMessage.From(packet);
    }

    public MqttProtocolVersion Version { get; }

    public bool CleanStart { get; }

    public MqttIdentity Identity { get; }

    public string ClientId => Identity.ClientId;

    public bool IsClientIdAssigned { get; }

    /// <summary>0 for none.</summary>
    public ushort KeepAliveSeconds { get; }

    /// <summary>The client is told so as Server Keep Alive.</summary>
    public bool IsKeepAliveOurs { get; }

    public uint SessionExpirySeconds { get; }

    /// <summary>The client is told so.</summary>
    public bool IsSessionExpiryOurs { get; }

    /// <summary>The session outlives the connection: its answers wait for their commit, and the client's are records.</summary>
    public bool IsSessionLasting => SessionExpirySeconds > 0;

    public int ReceiveMaximum { get; }

    public uint MaxPacketBytes { get; }

    /// <summary>Aliases that the client takes from us.</summary>
    public int TopicAliasMaximum { get; }

    /// <summary>Reason strings are welcome in every packet that may have one.</summary>
    public bool WantsReasons { get; }

    /// <summary>Null without one, and once the Connect record is posted.</summary>
    public WillMessage? Will { get; set; }

    /// <summary>Takes over a CONNECT that the endpoint can serve.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the reason for CONNACK.</returns>
    public static MqttReasonCode From(in ConnectPacket packet, MqttEndpointOptions options, ITransport transport, out ConnectSettings? settings)
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

        if (packet.HasUserName && packet.UserName.Length > options.MaxUserNameBytes)
        {
            return MqttReasonCode.BadUserNameOrPassword;
        }

        if (packet.HasWill && !TopicLimits.Allow(packet.WillTopic, options))
        {
            return MqttReasonCode.TopicNameInvalid;
        }

        settings = new ConnectSettings(packet, options, transport);
        return MqttReasonCode.Success;
    }

    public ConnectNote ToNote() => new()
    {
        Version = Version,
        CleanStart = CleanStart,
        KeepAliveSeconds = KeepAliveSeconds,
        SessionExpirySeconds = SessionExpirySeconds,
        MaxPacketBytes = MaxPacketBytes,
        Address = Identity.Address,
        UserName = Identity.UserName,
        Certificate = Identity.Certificate?.Subject,
        Will = Will,
    };

    private static uint Number(in ConnectPacket packet, MqttPropertyId id, uint otherwise) => MqttPropertyRules.NumberOr(packet.Properties, id, otherwise);
}
