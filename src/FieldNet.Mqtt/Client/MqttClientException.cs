using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The connection could not be made, or ended before the call was done.</summary>
/// <param name="reason">The server's own reason when <paramref name="isRemote"/>, otherwise what the client found.</param>
/// <param name="isRemote">The server said so, in CONNACK or DISCONNECT.</param>
/// <param name="message">One sentence.</param>
/// <param name="inner">The socket's error, if that was the cause.</param>
public sealed class MqttClientException(MqttReasonCode reason, bool isRemote, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public MqttReasonCode Reason { get; } = reason;

    public bool IsRemote { get; } = isRemote;
}
