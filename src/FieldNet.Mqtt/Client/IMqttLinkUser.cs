using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>What a link's user hears of it.</summary>
/// <remarks>Threading: the link's loop, one call at a time; must not throw.</remarks>
public interface IMqttLinkUser
{
    /// <summary>The receiver of the next connection.</summary>
    IMqttReceiver Receiver();

    /// <summary>The server has let the client in.</summary>
    void Connected();

    /// <summary>No connection now; the link tries again. The server may have let it in and gone at once: see <see cref="IMqttReceiver.Connected"/>.</summary>
    ValueTask FailedAsync(IMqttReceiver receiver, MqttClientException why);

    /// <summary>The connection is over, or the link was told to stop while it was made; otherwise it makes another.</summary>
    ValueTask EndedAsync(IMqttReceiver receiver, MqttClientClosed why);

    /// <summary>The server's word on one subscription: a granted QoS, or a refusal (0x80 and up).</summary>
    void Subscribed(string filter, MqttReasonCode reason);
}
