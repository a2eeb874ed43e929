using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">For the Close record.</param>
/// <param name="Farewell">What the client is told, in DISCONNECT (MQTT 5) or, <paramref name="IsConnectRefused"/>, in CONNACK; null for nothing.</param>
/// <param name="TakesLeave">The client said good-bye and waived its Will.</param>
/// <param name="IsConnectRefused">It never was let in.</param>
internal sealed record ConnectionEnd(
    string Reason, MqttReasonCode? Farewell = null, bool TakesLeave = false, bool IsConnectRefused = false)
{
    public static readonly ConnectionEnd Disconnected = new("disconnect", TakesLeave: true);
    public static readonly ConnectionEnd DisconnectedWithWill = new("disconnect_with_will");
    public static readonly ConnectionEnd Closed = new("closed");
    public static readonly ConnectionEnd Reset = new("reset");
    public static readonly ConnectionEnd TakenOver = new("taken_over", MqttReasonCode.SessionTakenOver);
    public static readonly ConnectionEnd ServerStopping = new("server_stopping", MqttReasonCode.ServerShuttingDown);

    /// <summary>The client broke a rule or a limit.</summary>
    public static ConnectionEnd Refused(Refusal refusal, MqttReasonCode? farewell) => new(refusal.Name(), farewell);

    public static ConnectionEnd ConnectRefused(MqttReasonCode reason) =>
        new(reason.ToRefusal().Name(), reason, IsConnectRefused: true);
}
