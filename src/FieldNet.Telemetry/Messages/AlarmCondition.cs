namespace FieldNet.Telemetry.Messages;

/// <summary>One alarm condition as a device reports it (IEC 60601-1-8 vocabulary).</summary>
public sealed record AlarmCondition
{
    /// <summary>Stable for one episode at the device.</summary>
    public required string Id { get; init; }

    /// <summary>MDC event id or the vendor's own name; empty if only a code came.</summary>
    public string Event { get; init; } = "";

    public uint EventCode { get; init; }

    /// <summary>The signal concerned, MDC reference id; empty if none.</summary>
    public string Source { get; init; } = "";

    public AlarmKind Kind { get; init; }

    public AlarmPriority Priority { get; init; }

    public bool Present { get; init; }

    public bool Latched { get; init; }

    public string Text { get; init; } = "";

    public double? Value { get; init; }

    public double? LowLimit { get; init; }

    public double? HighLimit { get; init; }

    public string Unit { get; init; } = "";

    public AlarmInactivation Inactivation { get; init; }

    /// <summary>UTC microseconds by the device's clock; 0 if absent.</summary>
    public long OnsetUs { get; init; }

    /// <summary>It has not ended: its cause is there, or the device holds it until someone has seen it.</summary>
    public bool Stands() => Present || Latched;

    /// <summary>The priority to show. A sender that names none must not thereby be shown as nothing.</summary>
    public AlarmPriority ShownPriority() => Priority != AlarmPriority.Unspecified ? Priority
        : Kind == AlarmKind.Physiological ? AlarmPriority.Medium : AlarmPriority.Low;

    /// <summary>Which of two comes first where not both can be shown: the greater. What stands before what ended, what sounds before what is silenced.</summary>
    public (bool Stands, AlarmPriority Priority, bool Present, bool Sounds) Urgency() =>
        (Stands(), ShownPriority(), Present, Inactivation == AlarmInactivation.Enabled);
}
