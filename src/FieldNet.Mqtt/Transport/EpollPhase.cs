namespace FieldNet.Mqtt.Transport;

/// <summary>How far a connection of an <see cref="EpollLoop"/> is on its way to its end.</summary>
internal enum EpollPhase : byte
{
    Open,

    /// <summary>What is written and the farewell go out.</summary>
    Ending,

    /// <summary>Our side is shut; the peer's bytes are thrown away until it closes too.</summary>
    Lingering,

    Closed,
}
