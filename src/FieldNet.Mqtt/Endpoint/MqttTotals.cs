namespace FieldNet.Mqtt.Endpoint;

/// <summary>What <see cref="MqttMetrics"/> has counted, as fields, so that they can be added to from any thread.</summary>
internal struct MqttTotals
{
    public long ReceivedBytes;
    public long ReceivedPackets;
    public long ReceivedMessages;
    public long SentBytes;
    public long SentMessages;
    public long SentAcknowledgements;
    public long Dropped;
    public long LanePauses;
    public int Connections;
    public int Sessions;
    public int Subscriptions;
    public int Retained;
}
