using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>All subscriptions, by the levels of their filters.</summary>
/// <remarks>Threading: the sequencer thread. Depth is bounded by the filters' limit, so recursion is. Source: MQTT 5.0 section 4.7.</remarks>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();
    private readonly List<Delivery> _found = [];
    private long _matching;

    /// <summary>Grows with each change: a match kept from another version is out of date.</summary>
    public int Version { get; private set; }

    public int Count { get; private set; }

    /// <summary>Adds, or replaces the options of, a session's subscription to a valid filter.</summary>
    /// <returns>True when it is a new one.</returns>
    public bool Add(ReadOnlySpan<byte> filter, MqttSession session, SubscriptionOptions options)
    {
        var node = _root;
        bool more;
        do
        {
            more = MqttTopic.TrySplit(filter, out var level, out filter);
            node = node.ChildOf(level);
        }
        while (more);

        var isNew = !node.Subscribers.ContainsKey(session);
        node.Subscribers[session] = options;
        Count += isNew ? 1 : 0;
        Version++;
        return isNew;
    }

    /// <returns>False when there was no such subscription.</returns>
    public bool Remove(ReadOnlySpan<byte> filter, MqttSession session)
    {
        if (!Remove(_root, filter, session))
        {
            return false;
        }

        Count--;
        Version++;
        return true;
    }

    /// <summary>Everyone who gets a message on this topic.</summary>
    public Delivery[] Match(ReadOnlySpan<byte> topic)
    {
        _matching++;
        _found.Clear();
        Collect(_root, topic, isFirst: true);
        return [.. _found];
    }

    private static bool Remove(Node node, ReadOnlySpan<byte> filter, MqttSession session)
    {
        var more = MqttTopic.TrySplit(filter, out var level, out var rest);
        if (node.Find(level) is not { } child || !(more ? Remove(child, rest, session) : child.Subscribers.Remove(session)))
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
        foreach (var (session, options) in node.Subscribers)
        {
            byte? qosOfOwn = options.NoLocal ? null : options.Qos;
            if (session.MatchedIn != _matching)
            {
                session.MatchedIn = _matching;
                session.MatchedAt = _found.Count;
                _found.Add(new Delivery(session, options.Qos, qosOfOwn, options.RetainAsPublished));
                continue;
            }

            var known = _found[session.MatchedAt];
            _found[session.MatchedAt] = known with
            {
                Qos = Math.Max(known.Qos, options.Qos),
                QosOfOwn = known.QosOfOwn is { } k && qosOfOwn is { } o ? Math.Max(k, o) : known.QosOfOwn ?? qosOfOwn,
                RetainAsPublished = known.RetainAsPublished || options.RetainAsPublished,
            };
        }
    }

    private sealed class Node
    {
        private Dictionary<byte[], Node>? _children;

        public Node? AnyLevel { get; private set; }

        public Node? AnyRest { get; private set; }

        public Dictionary<MqttSession, SubscriptionOptions> Subscribers { get; } = [];

        public bool IsEmpty => Subscribers.Count == 0 && AnyLevel is null && AnyRest is null && _children is not { Count: > 0 };

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
