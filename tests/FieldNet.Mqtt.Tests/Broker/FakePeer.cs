using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>A connection that only notes what the broker says to it.</summary>
internal sealed class FakePeer : IMqttPeer
{
    public long Connection { get; init; } = 1;

    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V5;

    public bool CleanStart { get; init; }

    public bool KeepsSession { get; set; }

    public int ReceiveMaximum { get; init; } = 64;

    public long MaxPacketBytes { get; init; } = uint.MaxValue;

    public WillMessage? Will { get; set; }

    public SessionOutbox? Outbox { get; private set; }

    public bool? SessionPresent { get; private set; }

    public MqttReasonCode? Rejected { get; private set; }

    public bool WasTakenOver { get; private set; }

    public byte[]? Codes { get; private set; }

    public int Wakes { get; private set; }

    public WillMessage? TakeWill()
    {
        var will = Will;
        Will = null;
        return will;
    }

    public void Accept(SessionOutbox outbox, bool sessionPresent) => (Outbox, SessionPresent) = (outbox, sessionPresent);

    public void Reject(MqttReasonCode reason) => Rejected = reason;

    public void TakeOver() => WasTakenOver = true;

    public void Answer(byte[] codes) => Codes = codes;

    public void Wake() => Wakes++;
}
