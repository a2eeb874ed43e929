using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>A message to publish, with all that MQTT 5 can say of it; before MQTT 5 the properties are left out.</summary>
public sealed record MqttPublication(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>0 to 2. Default 0.</summary>
    public byte Qos { get; init; }

    /// <summary>Keep as the topic's retained message. Default false.</summary>
    public bool Retain { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Where an answer is expected.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>Comes back with the answer.</summary>
    public byte[]? CorrelationData { get; init; }

    /// <summary>After this long the server no longer delivers it. Default null: no end.</summary>
    public TimeSpan? MessageExpiry { get; init; }

    /// <summary>The payload is UTF-8 text. Default false: unspecified bytes.</summary>
    public bool IsText { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    internal PropertyBlock Properties()
    {
        var block = new PropertyBlock()
            .Text(MqttPropertyId.ContentType, ContentType)
            .Text(MqttPropertyId.ResponseTopic, ResponseTopic)
            .Binary(MqttPropertyId.CorrelationData, CorrelationData);
        if (MessageExpiry is { } expiry)
        {
            block.Seconds(MqttPropertyId.MessageExpiryInterval, expiry);
        }

        if (IsText)
        {
            block.Byte(MqttPropertyId.PayloadFormatIndicator, 1);
        }

        foreach (var pair in UserProperties)
        {
            block.Pair(pair);
        }

        return block;
    }
}
