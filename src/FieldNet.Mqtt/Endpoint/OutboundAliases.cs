using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The topic aliases that we have set for a client: the first topics have them, as many as it takes.</summary>
/// <remarks>Threading: the write side. Source: MQTT 5.0 section 3.3.2.3.4.</remarks>
internal sealed class OutboundAliases(int maximum)
{
    private readonly Dictionary<Topic, ushort> _aliases = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds or gives the topic's alias.</summary>
    /// <param name="topic">Of the message.</param>
    /// <param name="isKnown">The client knows it: the topic name can be left out.</param>
    /// <returns>0 when there is none for it.</returns>
    public ushort Of(Topic topic, out bool isKnown)
    {
        isKnown = _aliases.TryGetValue(topic, out var alias);
        if (!isKnown && topic.Id >= 0 && _aliases.Count < maximum)
        {
            _aliases.Add(topic, alias = (ushort)(_aliases.Count + 1));
        }

        return alias;
    }
}
