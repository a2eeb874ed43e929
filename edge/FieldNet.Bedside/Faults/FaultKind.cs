namespace FieldNet.Bedside.Faults;

/// <summary>What a fault does to a bed's link.</summary>
internal enum FaultKind
{
    /// <summary>The link is pulled: sockets stay open, nothing is sent; what falls in that time is gone.</summary>
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
}
