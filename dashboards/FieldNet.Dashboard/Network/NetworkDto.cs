namespace FieldNet.Dashboard.Network;

/// <summary>The network page's content (<c>/api/network</c>, and the stream for who asks for it), taken from the processor once a second.</summary>
/// <remarks>Units: times are UTC milliseconds of log time. Null is unknown, never 0.</remarks>
/// <param name="Record">Number of the last record applied; 0 before the first.</param>
public sealed record NetworkDto(
    long Record, double LogTimeMs, IReadOnlyList<SourceDto> Sources, IReadOnlyList<PathDto> Paths, IReadOnlyList<IncidentDto> Incidents,
    IReadOnlyList<WatchdogDto> Watchdogs);

/// <param name="Kind"><c>gnb amf smf upf prometheus unknown</c>.</param>
/// <param name="SinceMs">Since when it is reached, or not.</param>
/// <param name="ReportedMs">When it last answered, or was last asked in vain.</param>
/// <param name="Facts">What it last said, in short lines.</param>
public sealed record SourceDto(
    string Name, string Kind, bool Reached, double SinceMs, double ReportedMs, string Error, IReadOnlyList<string> Facts);

/// <summary>Who one device is to the network, and how its flow does.</summary>
/// <param name="Bed"><c>icu1/bed-03</c>.</param>
/// <param name="Chain">Each step from the device to its flow as far as it is known, in that order.</param>
/// <param name="Missing">What is missing to know the rest, one sentence each.</param>
/// <param name="History">What was different before, newest first.</param>
/// <param name="Link"><c>good fair poor lost unknown</c>.</param>
public sealed record PathDto(
    string Bed, string Device, IReadOnlyList<IdentityDto> Chain, IReadOnlyList<string> Missing, IReadOnlyList<IdentityChangeDto> History,
    BudgetDto Budget, double? RsrpDbm, double? SinrDb, string Link);

/// <param name="Step"><c>device gateway ip supi cell rnti slice five_qi</c>.</param>
/// <param name="Confidence">0 to 1; 1 is exact, less is inferred.</param>
/// <param name="From">Who says so.</param>
/// <param name="Planned">What was planned, if that is something else; null otherwise.</param>
public sealed record IdentityDto(string Step, string Value, double Confidence, string From, double SinceMs, string? Planned);

/// <summary>A step that became something else.</summary>
public sealed record IdentityChangeDto(double AtMs, string Step, string Before, string After);

/// <summary>As <see cref="Ward.Views.BudgetView"/>.</summary>
public sealed record BudgetDto(
    uint? FiveQi, uint? PlannedFiveQi, double? DelayBudgetMs, double? DelayP98Ms, double? LossBudget, double? LossRatio,
    double? LinkAvailability, double? ServiceAvailability, double ObservedS, IReadOnlyList<string> Findings);

/// <summary>One fault, named at its root.</summary>
/// <param name="Cause"><c>sensor device gateway cell slice core backhaul agent clock</c>.</param>
/// <param name="EndMs">Null while it lasts.</param>
/// <param name="Beds"><c>ward/bed</c> of each bed touched.</param>
/// <param name="Children">How many findings it explains.</param>
/// <param name="Evidence">As in its event.</param>
public sealed record IncidentDto(
    string Id, string What, string Cause, string Subject, string Severity, double SinceMs, double? EndMs, IReadOnlyList<string> Beds, int Children,
    IReadOnlyDictionary<string, object?> Evidence);

/// <summary>The last synthetic TEST alarm of a ward along its alarm path.</summary>
/// <param name="SentMs">Null: none was sent yet.</param>
public sealed record WatchdogDto(string Ward, long Sequence, double? SentMs, IReadOnlyList<WatchdogHopDto> Hops, bool Missed);

/// <param name="Name"><c>endpoint committed processor page</c>.</param>
/// <param name="Ms">How long after it was sent; null: not seen there.</param>
public sealed record WatchdogHopDto(string Name, double? Ms);
