namespace FieldNet.History.LineProtocol;

/// <summary>How a <see cref="LineSink"/> stands. Public spelling: snake_case.</summary>
public enum SinkState : byte
{
    /// <summary>Nothing was sent yet.</summary>
    Starting = 0,

    /// <summary>The newest data are on the server.</summary>
    Live,

    /// <summary>So they are; older ones follow.</summary>
    CatchingUp,

    /// <summary>The server does not answer, or asks to be left alone for a while.</summary>
    Waiting,

    /// <summary>The server does not let us in, or has no such database: someone must see to it.</summary>
    Refused,
}
