using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>A connection that only notes what the broker says to it.</summary>
internal sealed class FakePeer : IMqttPeer
{
    public long Connection { get; init; } = 1;

    public int ReceiveMaximum { get; init; } = 64;

    public MqttSession? Session { get; private set; }

    public SessionOutbox Outbox => Session!.Outbox;

    public bool? SessionPresent { get; private set; }

    public MqttReasonCode? Rejected { get; private set; }

    public bool WasTakenOver { get; private set; }

    public bool WasTooSlow { get; private set; }

    public byte[]? Codes { get; private set; }

    public int Answers { get; private set; }

    public int Wakes { get; private set; }

    public void Accept(MqttSession session, bool sessionPresent) => (Session, SessionPresent) = (session, sessionPresent);

    public void Reject(MqttReasonCode reason) => Rejected = reason;

    public void TakeOver() => WasTakenOver = true;

    public void TooSlow() => WasTooSlow = true;

    public int Answer(in LogRecord record, byte[] codes)
    {
        Codes = codes;
        return ++Answers;
    }

    public void Wake() => Wakes++;

    public void WakeAtCommit(LogLane lane) => Wakes++;
}
