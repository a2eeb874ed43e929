using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>A QoS 2 message that acted when it came and whose identifier its sender has not released.</summary>
/// <param name="Number">Of its record: PUBREC waits for this one's commit.</param>
/// <param name="Lane">Of its record.</param>
/// <param name="Connection">The one on which it was sent last: it counts against that one's Receive Maximum.</param>
internal readonly record struct HeldPublish(long Number, LogLane Lane, long Connection);
