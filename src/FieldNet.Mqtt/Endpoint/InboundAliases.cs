namespace FieldNet.Mqtt.Endpoint;

/// <summary>The topic aliases that a client has set on its connection.</summary>
/// <remarks>Threading: the read side. Bounded by our Topic Alias Maximum. Source: MQTT 5.0 section 3.3.2.3.4.</remarks>
internal sealed class InboundAliases(int maximum)
{
    private readonly byte[]?[] _topics = new byte[maximum + 1][];

    public bool IsAllowed(uint alias) => alias > 0 && alias < (uint)_topics.Length;

    /// <summary>The topic that the alias stands for; empty when it was never set.</summary>
    public ReadOnlySpan<byte> this[uint alias] => _topics[alias];

    public void Set(uint alias, ReadOnlySpan<byte> topic)
    {
        if (!topic.SequenceEqual(_topics[alias]))
        {
            _topics[alias] = topic.ToArray();
        }
    }
}
