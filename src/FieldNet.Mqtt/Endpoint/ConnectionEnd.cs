using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Broker;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">For the Close record.</param>
/// <param name="Farewell">What the client is told, in DISCONNECT (MQTT 5) or, <paramref name="IsConnectRefused"/>, in CONNACK; null for nothing.</param>
/// <param name="Detail">The same in words, for a reason string and the log.</param>
/// <param name="TakesLeave">The client said good-bye and waived its Will.</param>
/// <param name="IsConnectRefused">It never was let in.</param>
/// <param name="SessionExpirySeconds">As the client changed it with its good-bye; null otherwise.</param>
internal sealed record ConnectionEnd(
    string Reason,
    MqttReasonCode? Farewell = null,
    string Detail = "",
    bool TakesLeave = false,
    bool IsConnectRefused = false,
    uint? SessionExpirySeconds = null)
{
    public static readonly ConnectionEnd Closed = new("closed");
    public static readonly ConnectionEnd Reset = new("reset");
    public static readonly ConnectionEnd TakenOver = new("taken_over", MqttReasonCode.SessionTakenOver, "this client identifier has connected again");
    public static readonly ConnectionEnd ServerStopping = new(CloseNote.ServerStopping, MqttReasonCode.ServerShuttingDown, "the agent stops");

    public static readonly ConnectionEnd TooSlow = new(
        "slow_subscriber", MqttReasonCode.QuotaExceeded, "the client reads more slowly than its messages come");

    public CloseNote ToNote() => new(Reason, TakesLeave, SessionExpirySeconds);

    /// <summary>The client said good-bye.</summary>
    public static ConnectionEnd Disconnected(bool withWill, uint? sessionExpirySeconds) =>
        new(withWill ? "disconnect_with_will" : "disconnect", TakesLeave: !withWill, SessionExpirySeconds: sessionExpirySeconds);

    /// <summary>The client broke a rule or a limit.</summary>
    public static ConnectionEnd Refused(Refusal refusal, MqttReasonCode? farewell, string detail) => new(refusal.Name(), farewell, detail);

    public static ConnectionEnd ConnectRefused(MqttReasonCode reason, string detail) =>
        new(reason.ToRefusal().Name(), reason, detail, IsConnectRefused: true);
}
