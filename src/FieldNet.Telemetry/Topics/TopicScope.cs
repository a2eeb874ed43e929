namespace FieldNet.Telemetry.Topics;

/// <summary>What FieldNet may do with a topic.</summary>
public enum TopicScope : byte
{
    /// <summary>Outside <c>fieldnet/</c>: routed as any broker's, kept out of the ward.</summary>
    Foreign = 0,

    /// <summary>A device's own topic below <c>fieldnet/v1/</c>.</summary>
    Device,

    /// <summary>Derived by the agent (<c>_state</c>, <c>_incident</c>): clients may only subscribe.</summary>
    Derived,

    /// <summary>Below <c>fieldnet/</c> but outside the grammar.</summary>
    Invalid,

    /// <summary>A ward's <c>_watchdog/alarm</c>: where the agent sends its TEST alarm along the path of all others. The ward refuses whatever it does not expect there.</summary>
    Watchdog,
}
