namespace FieldNet.Telemetry.Topics;

/// <summary>Interns topic names: parses each once, then finds it again by its UTF-8 bytes without garbage.</summary>
/// <remarks>
/// Threading: one thread. Bounded: past its capacity a topic is parsed each time, has id -1, and a device topic is refused as <see cref="Refusal.TooManyTopics"/>.
/// Topics that are no device's share a quarter of the capacity, so that they can't crowd the devices out.
/// </remarks>
public sealed class TopicTable(int capacity = TopicTable.DefaultCapacity)
{
    public const int DefaultCapacity = 65_536;

    /// <summary>Bytes. Longer than any topic of a device, so only others are turned away: memory is bounded in bytes, too.</summary>
    private const int MaxInternedLength = 512;

    private readonly Dictionary<byte[], Topic> _topics = new(Utf8NameComparer.Instance);
    private int _othersLeft = capacity / 4;

    public int Count => _topics.Count;

    /// <summary>The one object for this name.</summary>
    public Topic Intern(ReadOnlySpan<byte> utf8)
    {
        var known = _topics.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (known.TryGetValue(utf8, out var topic))
        {
            return topic;
        }

        var name = TopicName.Parse(utf8);
        var id = HasRoomFor(utf8, name.Scope) ? Count : -1;
        topic = name.ToTopic(id);
        if (id >= 0)
        {
            _othersLeft -= topic.Scope == TopicScope.Device ? 0 : 1;
            known[utf8] = topic;
        }

        return topic;
    }

    private bool HasRoomFor(ReadOnlySpan<byte> utf8, TopicScope scope) =>
        Count < capacity && utf8.Length <= MaxInternedLength && (scope == TopicScope.Device || _othersLeft > 0);
}
