using FieldNet.Mqtt.Broker;

namespace FieldNet.Mqtt.Client;

/// <summary>The topic aliases of one connection: the first topics used get one each, as many as the server allows, for good.</summary>
/// <remarks>Threading: under the session's lock. A client's topics are few and repeat, so none is ever taken away from one to serve another.</remarks>
internal sealed class OutgoingAliases(int maximum)
{
    /// <summary>A name as short as that costs no more than the property.</summary>
    private const int ShortestWorthIt = 4;

    private readonly Dictionary<byte[], ushort> _aliases = new(Utf8Comparer.Instance);

    /// <summary>The alias to send with the topic; 0 for none.</summary>
    /// <param name="isKnown">The server has it already: the topic itself stays away.</param>
    public ushort Find(ReadOnlySpan<byte> topic, out bool isKnown)
    {
        isKnown = false;
        if (maximum == 0 || topic.Length < ShortestWorthIt)
        {
            return 0;
        }

        isKnown = _aliases.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(topic, out var alias);
        return isKnown ? alias : _aliases.Count < maximum ? (ushort)(_aliases.Count + 1) : (ushort)0;
    }

    /// <summary>The packet that names it is on its way.</summary>
    public void Add(ReadOnlySpan<byte> topic, ushort alias) => _aliases.Add(topic.ToArray(), alias);
}
