using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Lets everybody do everything: until devices are enrolled, the network decides who is there.</summary>
public sealed class OpenMqttPolicy : IMqttPolicy
{
    /// <inheritdoc/>
    public MqttReasonCode Connect(MqttIdentity client, ReadOnlySpan<byte> password) => MqttReasonCode.Success;

    /// <inheritdoc/>
    public bool MayPublish(MqttIdentity client, ReadOnlySpan<byte> topic) => true;

    /// <inheritdoc/>
    public bool MaySubscribe(MqttIdentity client, ReadOnlySpan<byte> filter) => true;
}
