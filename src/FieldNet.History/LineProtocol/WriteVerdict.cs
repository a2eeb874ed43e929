namespace FieldNet.History.LineProtocol;

/// <summary>What a server's answer to a write means for the lines that were in it.</summary>
internal enum WriteVerdict : byte
{
    /// <summary>All stored.</summary>
    Stored = 0,

    /// <summary>Some refused for good, the others stored.</summary>
    PartlyStored,

    /// <summary>Refused for good because of what some of them say; whether the others are stored is not known.</summary>
    Refused,

    /// <summary>Refused for good, whatever they say.</summary>
    Dropped,

    /// <summary>Too many at once.</summary>
    TooLarge,

    /// <summary>We are not let in: kept until someone has seen to it.</summary>
    NotLetIn,

    /// <summary>There is no such database or bucket: made, or kept until someone has seen to it.</summary>
    NoDatabase,

    /// <summary>Not now.</summary>
    Later,
}
