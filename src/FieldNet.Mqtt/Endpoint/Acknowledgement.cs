using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>An answer that waits for its record's commit.</summary>
/// <param name="Number">Committed through this number, it may go; 0 waits for nothing of its own.</param>
/// <param name="Lane">The lane of the record.</param>
/// <param name="Type">PUBACK, PUBREC, PUBCOMP, SUBACK or UNSUBACK.</param>
/// <param name="PacketId">Of the packet answered.</param>
/// <param name="Reason">Of a PUBACK, PUBREC or PUBCOMP.</param>
/// <param name="Why">In our own words, for the reason string.</param>
/// <param name="Codes">Of a SUBACK or UNSUBACK.</param>
/// <param name="MayRefuse">A PUBACK of MQTT 5: rather than wait for a full disk it says so.</param>
/// <param name="Holds">A PUBREC behind which a PUBREL is to come, counted against this connection.</param>
internal readonly record struct Acknowledgement(
    long Number,
    LogLane Lane,
    MqttPacketType Type,
    ushort PacketId,
    MqttReasonCode Reason = MqttReasonCode.Success,
    Refusal Why = Refusal.None,
    byte[]? Codes = null,
    bool MayRefuse = false,
    bool Holds = false);
