namespace FieldNet.Mqtt.Broker;

/// <summary>A message on its way to one subscriber.</summary>
/// <param name="Message">Shared with other subscribers.</param>
/// <param name="Qos">The lower of the message's and the subscription's.</param>
/// <param name="Retain">The flag as this subscriber is to see it.</param>
/// <param name="PacketId">0 until it is first sent at QoS 1.</param>
/// <param name="Duplicate">It was sent before, on an earlier connection.</param>
internal readonly record struct OutboundItem(OutboundMessage Message, byte Qos, bool Retain, ushort PacketId = 0, bool Duplicate = false);
