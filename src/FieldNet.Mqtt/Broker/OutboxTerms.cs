using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a connection settles for its session's outbox.</summary>
/// <param name="Version">Decides how large a packet is.</param>
/// <param name="IsLasting">The session outlives the connection: its messages are kept while the client is away, and go out only behind their commit.</param>
/// <param name="MaxPacketBytes">Largest packet that the client takes.</param>
internal readonly record struct OutboxTerms(MqttProtocolVersion Version, bool IsLasting, long MaxPacketBytes);
