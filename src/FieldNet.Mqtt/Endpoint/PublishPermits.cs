using FieldNet.Mqtt.Broker;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>What the policy said of one connection's topics.</summary>
/// <remarks>Threading: the sequencer thread. Bounded: past <see cref="Capacity"/> topics it starts anew.</remarks>
internal sealed class PublishPermits(IMqttPolicy policy, MqttIdentity client)
{
    private const int Capacity = 1_024;

    /// <summary>The policy is asked anew for longer ones, or a connection would hold 64 MiB of them.</summary>
    private const int MaxKnownBytes = 512;

    private readonly Dictionary<byte[], bool> _known = new(Utf8Comparer.Instance);

    public bool MayPublish(ReadOnlySpan<byte> topic)
    {
        if (topic.Length > MaxKnownBytes)
        {
            return policy.MayPublish(client, topic);
        }

        var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!known.TryGetValue(topic, out var may))
        {
            if (_known.Count == Capacity)
            {
                _known.Clear();
            }

            known[topic] = may = policy.MayPublish(client, topic);
        }

        return may;
    }
}
