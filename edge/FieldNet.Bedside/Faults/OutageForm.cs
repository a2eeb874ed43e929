namespace FieldNet.Bedside.Faults;

/// <summary>What becomes of the messages of an outage.</summary>
internal enum OutageForm
{
    /// <summary>They are never made: their numbers are used for the next.</summary>
    NotMade = 0,

    /// <summary>They were made and are gone: their numbers are missing.</summary>
    Lost,

    /// <summary>The sockets hold them: they come in a rush when it is over.</summary>
    Held,

    /// <summary>The power is off: never made, and what comes back counts anew.</summary>
    Off,

    /// <summary>As <see cref="Off"/>, and the connections are reset at its start.</summary>
    Reset,
}
