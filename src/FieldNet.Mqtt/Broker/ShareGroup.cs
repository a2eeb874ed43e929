namespace FieldNet.Mqtt.Broker;

/// <summary>The members of one shared subscription: each message goes to one of them, in turn.</summary>
/// <remarks>
/// Threading: the sequencer thread. Whose turn it is depends on the records alone: who is away is passed over while anybody is there.
/// Source: MQTT 5.0 section 4.8.2.
/// </remarks>
/// <param name="filter">Whole, <c>$share/{name}/{filter}</c>.</param>
internal sealed class ShareGroup(byte[] filter)
{
    private readonly List<Delivery> _members = [];
    private int _next;

    public byte[] Filter => filter;

    public int Count => _members.Count;

    /// <summary>In the order in which they came.</summary>
    public IEnumerable<MqttSession> Members => _members.Select(static each => each.Session);

    /// <summary>Where the search for the next receiver begins.</summary>
    public int Turn => _next;

    /// <summary>Some member other than this one is connected.</summary>
    public bool HasOther(MqttSession session) => _members.Exists(each => each.Session != session && each.Session.Connection != 0);

    public void Set(MqttSession session, Subscription subscription)
    {
        var delivery = Delivery.Of(session, subscription);
        var index = IndexOf(session);
        if (index < 0)
        {
            _members.Add(delivery);
        }
        else
        {
            _members[index] = delivery;
        }
    }

    /// <returns>False when it was no member.</returns>
    public bool Remove(MqttSession session)
    {
        var index = IndexOf(session);
        if (index < 0)
        {
            return false;
        }

        _members.RemoveAt(index);
        _next -= index < _next ? 1 : 0;
        return true;
    }

    public void SetTurn(int turn) => _next = turn;

    /// <summary>Whose turn it is; the next one comes then.</summary>
    public Delivery? Next()
    {
        var chosen = FindFrom(_next, connected: true) is var there and >= 0 ? there : FindFrom(_next, connected: false);
        if (chosen < 0)
        {
            return null;
        }

        _next = chosen + 1;
        return _members[chosen];
    }

    private int FindFrom(int start, bool connected)
    {
        for (var i = 0; i < _members.Count; i++)
        {
            var index = (start + i) % _members.Count;
            if (!connected || _members[index].Session.Connection != 0)
            {
                return index;
            }
        }

        return -1;
    }

    private int IndexOf(MqttSession session) => _members.FindIndex(each => each.Session == session);
}
