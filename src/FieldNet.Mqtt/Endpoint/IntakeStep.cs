namespace FieldNet.Mqtt.Endpoint;

/// <summary>What became of the packets read.</summary>
internal enum IntakeStep : byte
{
    /// <summary>Taken: on to the next.</summary>
    Taken,

    /// <summary>The rest is no whole packet.</summary>
    ReadMore,

    /// <summary>The lane has no room: not taken.</summary>
    LaneFull,

    /// <summary>Too many answers are owed: not taken.</summary>
    AnswersFull,

    /// <summary>The client must be let in before this can be judged: not taken.</summary>
    NotWelcomed,

    /// <summary>The client publishes faster than it may: not taken.</summary>
    TooFast,

    /// <summary>The connection is over.</summary>
    Ended,
}
