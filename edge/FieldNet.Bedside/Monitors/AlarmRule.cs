using FieldNet.Telemetry.Messages;

namespace FieldNet.Bedside.Monitors;

/// <summary>One thing that a monitor alarms on.</summary>
/// <param name="Key">Short name, stable: the start of the condition's id.</param>
/// <param name="Event">MDC event id.</param>
/// <param name="EventCode">Context-free MDC code; 0 where only the name is known.</param>
/// <param name="Source">The signal concerned.</param>
/// <param name="DelaySeconds">How long it must hold before the alarm rises.</param>
internal sealed record AlarmRule(
    string Key, string Event, uint EventCode, string Source, AlarmKind Kind, AlarmPriority Priority, string Text, double DelaySeconds,
    string Unit = "");
