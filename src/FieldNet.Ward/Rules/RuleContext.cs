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

    /// <summary>Says that a detector found something at a device, and has an incident explain it.</summary>
    /// <param name="cause">Null when the tree must say where the root is.</param>
    public Episode Find(
        DeviceState device, string kind, string what, EventSeverity severity, IReadOnlyList<Evidence> evidence, FaultNode node = FaultNode.Device, FaultNode? cause = null)
    {
        var episode = Start(device, kind, what, severity, evidence);
        IncidentRule.Await(this, new FindingState { Episode = episode with { }, Node = node, Index = device.Index, Cause = cause });
        Changed(device);
        return episode;
    }

    /// <summary>Says that a detector found something at a part of the network that is no device.</summary>
    /// <param name="index">Of the cell or the slice; 0 for what there is one of.</param>
    public Episode Find(
        FaultNode node, int index, string kind, string what, string subject, EventSeverity severity, IReadOnlyList<string> beds,
        IReadOnlyList<Evidence> evidence, FaultNode? cause = null)
    {
        var episode = Outbox.Start(Ward, NowUs, kind, what, subject, severity, beds, evidence);
        IncidentRule.Await(this, new FindingState { Episode = episode with { }, Node = node, Index = index, Cause = cause });
        return episode;
    }

    /// <summary>Says that what was found is over.</summary>
    public void Resolve(Episode episode, IReadOnlyList<string> beds, IReadOnlyList<Evidence> evidence)
    {
        Outbox.Say(Ward, NowUs, episode, EventPhase.End, beds, evidence);
        var id = episode.Id;
        if (Ward.Findings.Find(finding => finding.Episode.Id == id) is { } found)
        {
            found.EndUs = NowUs;
            IncidentRule.Mark(Ward);
        }
    }

    public void Resolve(DeviceState device, Episode episode, IReadOnlyList<Evidence> evidence)
    {
        Resolve(episode, [BedOf(device).Key], evidence);
        Changed(device);
    }

    public BedState BedOf(DeviceState device) => Ward.Beds[device.Bed];

    /// <summary>The tile must be drawn anew.</summary>
    public void Changed(DeviceState device) => BedOf(device).Version = Ward.Record;
}
