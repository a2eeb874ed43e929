using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>How a client's connection ended.</summary>
/// <param name="Reason">The server's DISCONNECT reason, <see cref="MqttReasonCode.Success"/> after our own, or what the client found.</param>
/// <param name="IsRemote">The server ended it (DISCONNECT or end of stream).</param>
/// <param name="Detail">One sentence for a log.</param>
public readonly record struct MqttClientClosed(MqttReasonCode Reason, bool IsRemote, string Detail);
