namespace FieldNet.Mqtt.Endpoint;

/// <summary>How long and how deep a topic may be.</summary>
internal static class TopicLimits
{
    public static bool Allow(ReadOnlySpan<byte> topic, MqttEndpointOptions options) =>
        topic.Length < options.MaxTopicLevels
        || (topic.Length <= options.MaxTopicBytes && topic.Count((byte)'/') < options.MaxTopicLevels);
}
