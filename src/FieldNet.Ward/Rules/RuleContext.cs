using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>What a rule works on: the state, the outbox, and the moment.</summary>
/// <param name="NowUs">Log time of the record, or of the deadline that fires.</param>
internal readonly record struct RuleContext(WardState Ward, EventOutbox Outbox, long NowUs)
{
    public AgeLimits Ages => Ward.Options.Ages;

    /// <summary>The moment as of which ages are judged: now, or when a short stall of our own began.</summary>
    public long JudgedUs => NowUs < Ward.HoldUntilUs ? Ward.HeldAtUs : NowUs;

    public Episode Start(
        DeviceState device, string kind, string what, EventSeverity severity, IReadOnlyList<Evidence> evidence, string cause = "", string detail = "") =>
        Outbox.Start(Ward, NowUs, kind, what, device.Subject, severity, [BedOf(device).Key], evidence, cause, detail);

    public void Say(DeviceState device, Episode episode, EventPhase phase, IReadOnlyList<Evidence> evidence, string cause = "") =>
        Outbox.Say(Ward, NowUs, episode, phase, [BedOf(device).Key], evidence, cause);

    public void Point(DeviceState device, string kind, string what, EventSeverity severity, IReadOnlyList<Evidence> evidence, string cause = "", string detail = "") =>
        Outbox.Point(Ward, NowUs, kind, what, device.Subject, severity, [BedOf(device).Key], evidence, cause, detail);

    public BedState BedOf(DeviceState device) => Ward.Beds[device.Bed];

    /// <summary>The tile must be drawn anew.</summary>
    public void Changed(DeviceState device) => BedOf(device).Version = Ward.Record;
}
