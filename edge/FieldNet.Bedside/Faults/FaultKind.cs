namespace FieldNet.Bedside.Faults;

/// <summary>What a fault does. In scripts: snake_case.</summary>
internal enum FaultKind
{
    /// <summary>The link is pulled: sockets stay open, nothing is sent; what falls in that time is gone, or as <see cref="Fault.Form"/> says.</summary>
    Silent = 0,

    /// <summary>Every message arrives later by a fixed time.</summary>
    Latency,

    /// <summary>Every message arrives later by a time of its own, in order.</summary>
    Jitter,

    /// <summary>A share of the messages never arrives.</summary>
    Loss,

    /// <summary>The link is pulled; numbers and alarms of that time are sent at once afterwards, flagged historical.</summary>
    Burst,

    /// <summary>The sockets are reset, and no new ones open before the end.</summary>
    Disconnect,

    /// <summary>A share of the messages is overtaken by later ones of its stream.</summary>
    Reordering,

    /// <summary>A share of the messages is sent twice.</summary>
    Duplicates,

    /// <summary>The sockets are reset over and over; value: the time from one reset to the next.</summary>
    Flapping,

    /// <summary>The gateway goes to and fro between two cells, each time with a short stall; value: the time between two handovers.</summary>
    HandoverPingPong,

    /// <summary>RSRP and SINR fall, and delays and their tail grow; value: decibels.</summary>
    RadioWeak,

    /// <summary>The gateway sends with all its power and is hardly heard; value: milliseconds that it costs.</summary>
    UplinkLimited,

    /// <summary>Resource blocks of a cell, or the share of a slice, are used up; value: milliseconds that it costs.</summary>
    Congestion,

    /// <summary>The gateway loses its registration, says so once, and is silent.</summary>
    Unregistered,

    /// <summary>The gateway loses mains and runs on its battery; value: after how long that is empty, none for never.</summary>
    Power,

    /// <summary>The device starts with a wrong clock; value: by how much.</summary>
    ClockOffset,

    /// <summary>The device's clock runs wrong; value: parts per million.</summary>
    ClockDrift,

    /// <summary>The device's clock jumps; value: by how much.</summary>
    ClockStep,

    /// <summary>The agent stands still. Only in virtual time, as the rest.</summary>
    AgentStall,

    /// <summary>The agent's readers pause over and over, each time for the value.</summary>
    AgentPause,

    /// <summary>The agent dies and starts again.</summary>
    AgentRestart,

    /// <summary>The agent's disk fills.</summary>
    AgentDisk,
}
