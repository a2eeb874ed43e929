using System.Buffers.Binary;

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

    private const int RecentTopics = 4096;

    private readonly Dictionary<byte[], Topic> _topics = new(Utf8NameComparer.Instance);
    private readonly Topic?[] _recent = new Topic?[RecentTopics];
    private int _othersLeft = capacity / 4;

    public int Count => _topics.Count;

    /// <summary>The one object for this name.</summary>
    public Topic Intern(ReadOnlySpan<byte> utf8)
    {
        // A comparison costs a tenth of the hash that a stranger can't foresee; names that share a place cost that hash again, no more.
        ref var recent = ref _recent[PlaceOf(utf8)];
        if (recent is not null && recent.Utf8.SequenceEqual(utf8))
        {
            return recent;
        }

        var topic = Find(utf8);
        recent = topic.Id >= 0 ? topic : recent;
        return topic;
    }

    private static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var (length, hash) = (utf8.Length, (ulong)utf8.Length);
        if (length >= 2 * sizeof(ulong))
        {
            // Topics of one ward differ in the bed and device, and in the signal at their end.
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
            hash = (hash * 0x9E37_79B9_7F4A_7C15) ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8[((length - sizeof(ulong)) / 2)..]);
        }

        return (int)((hash * 0x9E37_79B9_7F4A_7C15) >> 52);
    }

    private Topic Find(ReadOnlySpan<byte> utf8)
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
