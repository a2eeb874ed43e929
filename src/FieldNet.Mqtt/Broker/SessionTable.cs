namespace FieldNet.Mqtt.Broker;

/// <summary>All sessions: by client, by live connection, and by what time will do to them.</summary>
/// <remarks>Threading: the sequencer thread. Time is log time, so that the log read again does the same at the same place.</remarks>
internal sealed class SessionTable
{
    private readonly Dictionary<string, MqttSession> _byClient = new(StringComparer.Ordinal);
    private readonly Dictionary<long, MqttSession> _byConnection = [];
    private readonly SortedSet<(long AtUs, string Client)> _deadlines = new(Comparer<(long AtUs, string Client)>.Create(static (a, b) =>
        a.AtUs != b.AtUs ? a.AtUs.CompareTo(b.AtUs) : string.CompareOrdinal(a.Client, b.Client)));

    public int Count => _byClient.Count;

    public IEnumerable<MqttSession> All => _byClient.Values;

    public IEnumerable<MqttSession> Connected => _byConnection.Values;

    /// <summary>Earliest deadline of any absent client; <see cref="MqttSession.Never"/> without one.</summary>
    public long NextDeadlineUs { get; private set; } = MqttSession.Never;

    public MqttSession? Find(string client) => _byClient.GetValueOrDefault(client);

    public MqttSession? Find(long connection) => _byConnection.GetValueOrDefault(connection);

    public void Add(MqttSession session) => _byClient[session.Client] = session;

    public void Remove(MqttSession session)
    {
        Disconnect(session);
        SetDeadlines(session, MqttSession.Never, MqttSession.Never);
        _byClient.Remove(session.Client);
    }

    /// <summary>The session has a connection: nothing is due any more.</summary>
    public void Connect(MqttSession session, long connection, IMqttPeer? peer)
    {
        (session.Connection, session.Peer) = (connection, peer);
        _byConnection[connection] = session;
        SetDeadlines(session, MqttSession.Never, MqttSession.Never);
    }

    public void Disconnect(MqttSession session)
    {
        _byConnection.Remove(session.Connection);
        (session.Connection, session.Peer) = (0, null);
    }

    public void SetDeadlines(MqttSession session, long willAtUs, long expiresAtUs)
    {
        if (session.DeadlineUs != MqttSession.Never)
        {
            _deadlines.Remove((session.DeadlineUs, session.Client));
        }

        (session.WillAtUs, session.ExpiresAtUs) = (willAtUs, expiresAtUs);
        if (session.DeadlineUs != MqttSession.Never)
        {
            _deadlines.Add((session.DeadlineUs, session.Client));
        }

        NextDeadlineUs = _deadlines.Count == 0 ? MqttSession.Never : _deadlines.Min.AtUs;
    }

    /// <summary>The session with the earliest deadline, if that has come.</summary>
    public MqttSession? Due(long nowUs) => NextDeadlineUs <= nowUs ? _byClient[_deadlines.Min.Client] : null;

    /// <summary>The absent client whose session would end first; null when all are there.</summary>
    public MqttSession? FirstToEnd()
    {
        MqttSession? first = null;
        foreach (var session in _byClient.Values)
        {
            if (session.Connection == 0 && (first is null || EndsBefore(session, first)))
            {
                first = session;
            }
        }

        return first;
    }

    private static bool EndsBefore(MqttSession session, MqttSession other) => session.ExpiresAtUs != other.ExpiresAtUs
        ? session.ExpiresAtUs < other.ExpiresAtUs
        : string.CompareOrdinal(session.Client, other.Client) < 0;
}
