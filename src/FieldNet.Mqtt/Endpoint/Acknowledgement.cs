using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>An answer that waits for its record's commit.</summary>
/// <param name="Number">Committed through this number, it may go; 0 waits for nothing of its own.</param>
/// <param name="Lane">The lane of the record.</param>
/// <param name="Type">PUBACK, SUBACK or UNSUBACK.</param>
/// <param name="PacketId">Of the packet answered.</param>
/// <param name="Reason">Of a PUBACK.</param>
/// <param name="Codes">Of a SUBACK or UNSUBACK.</param>
internal readonly record struct Acknowledgement(
    long Number, LogLane Lane, MqttPacketType Type, ushort PacketId, MqttReasonCode Reason, byte[]? Codes);
