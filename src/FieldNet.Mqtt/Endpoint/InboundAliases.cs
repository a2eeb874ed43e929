namespace FieldNet.Mqtt.Endpoint;

/// <summary>The topic aliases that a client has set on its connection.</summary>
/// <remarks>Threading: the read side. Bounded by our Topic Alias Maximum and in bytes. Source: MQTT 5.0 section 3.3.2.3.4.</remarks>
internal sealed class InboundAliases(int maximum, int maxBytes)
{
    private readonly byte[]?[] _topics = new byte[maximum + 1][];
    private int _bytes;

    public bool IsAllowed(uint alias) => alias > 0 && alias < (uint)_topics.Length;

    /// <summary>The topic that the alias stands for; empty when it was never set.</summary>
    public ReadOnlySpan<byte> this[uint alias] => _topics[alias];

    /// <returns>False when all topics together are too long.</returns>
    public bool TrySet(uint alias, ReadOnlySpan<byte> topic)
    {
        var last = _topics[alias];
        if (topic.SequenceEqual(last))
        {
            return true;
        }

        var bytes = _bytes - (last?.Length ?? 0) + topic.Length;
        if (bytes > maxBytes)
        {
            return false;
        }

        (_bytes, _topics[alias]) = (bytes, topic.ToArray());
        return true;
    }
}
