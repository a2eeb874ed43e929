using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>All subscriptions, by the levels of their filters.</summary>
/// <remarks>Threading: the sequencer thread. Depth is bounded by the filters' limit, so recursion is. Source: MQTT 5.0 section 4.7.</remarks>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();
    private readonly List<(MqttSession Session, List<Subscription> Subscriptions)> _found = [];
    private readonly List<ShareGroup> _groups = [];
    private long _matching;

    /// <summary>Grows with each change: a match kept from another version is out of date.</summary>
    public int Version { get; private set; }

    public int Count { get; private set; }

    /// <summary>What all of them count for in memory.</summary>
    public long CountedBytes { get; private set; }

    /// <summary>What one counts for: its name here and in its session, and a node for each level, though others may share that.</summary>
    public static long BytesOf(ReadOnlySpan<byte> filter) => 256 + (2 * filter.Length) + (256 * filter.Count((byte)'/'));

    /// <summary>Adds, or replaces, a session's subscription to a valid filter.</summary>
    /// <returns>True when it is a new one.</returns>
    public bool Add(ReadOnlySpan<byte> filter, MqttSession session, Subscription subscription)
    {
        var isShared = MqttTopic.TrySplitShared(filter, out _, out var rest);
        rest = isShared ? rest : filter;
        var node = _root;
        bool more;
        do
        {
            more = MqttTopic.TrySplit(rest, out var level, out rest);
            node = node.ChildOf(level);
        }
        while (more);

        var before = Count;
        Count += isShared ? node.AddShared(filter, session, subscription) : node.Add(session, subscription);
        CountedBytes += Count > before ? BytesOf(filter) : 0;
        Version++;
        return Count > before;
    }

    /// <returns>False when there was no such subscription.</returns>
    public bool Remove(ReadOnlySpan<byte> filter, MqttSession session)
    {
        var isShared = MqttTopic.TrySplitShared(filter, out _, out var rest);
        if (!Remove(_root, isShared ? rest : filter, isShared ? filter : default, session))
        {
            return false;
        }

        Count--;
        CountedBytes -= BytesOf(filter);
        Version++;
        return true;
    }

    /// <summary>Everyone who gets a message on this topic.</summary>
    public TopicMatch Match(ReadOnlySpan<byte> topic)
    {
        _matching++;
        _found.Clear();
        _groups.Clear();
        Collect(_root, topic, isFirst: true);
        return new TopicMatch(Version, [.. _found.Select(each => Delivery.Of(each.Session, each.Subscriptions))], [.. _groups]);
    }

    /// <summary>The members of a shared subscription; null when there are none.</summary>
    public ShareGroup? FindGroup(ReadOnlySpan<byte> sharedFilter)
    {
        var node = MqttTopic.TrySplitShared(sharedFilter, out _, out var rest) ? _root : null;
        for (var more = true; more && node is not null;)
        {
            more = MqttTopic.TrySplit(rest, out var level, out rest);
            node = node.Find(level);
        }

        return node?.FindGroup(sharedFilter);
    }

    /// <summary>All shared subscriptions.</summary>
    public IEnumerable<ShareGroup> Groups() => _root.AllGroups();

    private static bool Remove(Node node, ReadOnlySpan<byte> filter, ReadOnlySpan<byte> shared, MqttSession session)
    {
        var more = MqttTopic.TrySplit(filter, out var level, out var rest);
        if (node.Find(level) is not { } child || !(more ? Remove(child, rest, shared, session) : child.Remove(shared, session)))
        {
            return false;
        }

        if (child.IsEmpty)
        {
            node.Drop(level);
        }

        return true;
    }

    private void Collect(Node node, ReadOnlySpan<byte> topic, bool isFirst)
    {
        var more = MqttTopic.TrySplit(topic, out var level, out var rest);
        // 4.7.2: a leading wildcard does not see topics that begin with $.
        var wildcards = !isFirst || level is not [(byte)'$', ..];
        if (wildcards && node.AnyRest is { } anyRest)
        {
            Found(anyRest);
        }

        if (node.Find(level) is { } child)
        {
            Descend(child, more, rest);
        }

        if (wildcards && node.AnyLevel is { } anyLevel)
        {
            Descend(anyLevel, more, rest);
        }
    }

    private void Descend(Node child, bool more, ReadOnlySpan<byte> rest)
    {
        if (more)
        {
            Collect(child, rest, isFirst: false);
            return;
        }

        Found(child);
        // 4.7.1.2: "sport/#" matches "sport" too.
        if (child.AnyRest is { } parentToo)
        {
            Found(parentToo);
        }
    }

    private void Found(Node node)
    {
        foreach (var (session, subscription) in node.Subscribers)
        {
            if (session.MatchedIn != _matching)
            {
                session.MatchedIn = _matching;
                session.MatchedAt = _found.Count;
                _found.Add((session, []));
            }

            _found[session.MatchedAt].Subscriptions.Add(subscription);
        }

        _groups.AddRange(node.Groups);
    }

    private sealed class Node
    {
        private Dictionary<byte[], Node>? _children;

        public Node? AnyLevel { get; private set; }

        public Node? AnyRest { get; private set; }

        public Dictionary<MqttSession, Subscription> Subscribers { get; } = [];

        public List<ShareGroup> Groups { get; } = [];

        public bool IsEmpty => Subscribers.Count == 0 && Groups.Count == 0 && AnyLevel is null && AnyRest is null && _children is not { Count: > 0 };

        /// <summary>The child of a filter's level; in a topic name there are no wildcards, so it serves both.</summary>
        public Node? Find(ReadOnlySpan<byte> level) => level switch
        {
            [(byte)'+'] => AnyLevel,
            [(byte)'#'] => AnyRest,
            _ => _children is not null && _children.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(level, out var child) ? child : null,
        };

        public Node ChildOf(ReadOnlySpan<byte> level)
        {
            if (Find(level) is { } known)
            {
                return known;
            }

            var child = new Node();
            switch (level)
            {
                case [(byte)'+']:
                    AnyLevel = child;
                    break;
                case [(byte)'#']:
                    AnyRest = child;
                    break;
                default:
                    (_children ??= new(Utf8Comparer.Instance)).Add(level.ToArray(), child);
                    break;
            }

            return child;
        }

        /// <returns>How many more there are.</returns>
        public int Add(MqttSession session, Subscription subscription)
        {
            var before = Subscribers.Count;
            Subscribers[session] = subscription;
            return Subscribers.Count - before;
        }

        /// <inheritdoc cref="Add"/>
        public int AddShared(ReadOnlySpan<byte> filter, MqttSession session, Subscription subscription)
        {
            if (FindGroup(filter) is not { } group)
            {
                Groups.Add(group = new ShareGroup(filter.ToArray()));
            }

            var before = group.Count;
            group.Set(session, subscription);
            return group.Count - before;
        }

        /// <param name="shared">Whole filter of a shared subscription; empty for one of the session's own.</param>
        /// <returns>False when there was none.</returns>
        public bool Remove(ReadOnlySpan<byte> shared, MqttSession session)
        {
            if (shared.IsEmpty)
            {
                return Subscribers.Remove(session);
            }

            var group = FindGroup(shared);
            var removed = group?.Remove(session) ?? false;
            if (group is { Count: 0 })
            {
                Groups.Remove(group);
            }

            return removed;
        }

        public ShareGroup? FindGroup(ReadOnlySpan<byte> filter)
        {
            foreach (var group in Groups)
            {
                if (filter.SequenceEqual(group.Filter))
                {
                    return group;
                }
            }

            return null;
        }

        public IEnumerable<ShareGroup> AllGroups() => Groups
            .Concat(AnyLevel?.AllGroups() ?? [])
            .Concat(AnyRest?.AllGroups() ?? [])
            .Concat(_children?.Values.SelectMany(static child => child.AllGroups()) ?? []);

        public void Drop(ReadOnlySpan<byte> level)
        {
            switch (level)
            {
                case [(byte)'+']:
                    AnyLevel = null;
                    break;
                case [(byte)'#']:
                    AnyRest = null;
                    break;
                default:
                    _children!.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(level);
                    break;
            }
        }
    }
}
