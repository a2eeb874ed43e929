using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Takes received messages straight from one connection's read loop, without a copy in between.</summary>
/// <remarks>Threading: one call at a time, from the read loop; must not throw. Full policy: the client stops reading its socket, so that TCP pushes back.</remarks>
public interface IMqttReceiver
{
    /// <summary>The server let the client in; its messages follow. Called before <see cref="MqttClient.ConnectAsync(MqttServerAddress, MqttClientOptions, TimeProvider, CancellationToken)"/> returns.</summary>
    void Connected(MqttClient client);

    /// <summary>Bytes were read from the socket; messages in them follow.</summary>
    void BytesCame();

    /// <summary>Takes one message.</summary>
    /// <param name="message">With its topic, also where the server sent an alias. Lifetime: the spans are valid during the call.</param>
    /// <returns>False when there is no room now: nothing was taken, and the same message comes again after <see cref="WaitForRoomAsync"/>.</returns>
    bool TryTake(in PublishPacket message);

    /// <summary>Completes when room may be there again.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);
}
