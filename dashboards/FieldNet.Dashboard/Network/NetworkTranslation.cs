using System.Text.Json;
using FieldNet.Dashboard.Stream;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Network;

/// <summary>Says the network in the contract's words and units.</summary>
internal static class NetworkTranslation
{
    public static NetworkDto ToDto(this NetworkView network) => new(
        network.Record, BedTranslation.ToMs(network.LogTimeUs),
        [.. network.Sources.Select(ToDto)],
        [.. network.Paths.Select(ToDto)],
        [.. network.Incidents.Select(ToDto)],
        [.. network.Watchdogs.Select(ToDto)]);

    public static IncidentMarkDto[] OpenIncidents(this NetworkView network) =>
        [.. network.Incidents.Where(incident => incident.EndUs is null).Select(incident => new IncidentMarkDto(
            incident.Id, incident.What, incident.Cause, incident.Subject, BedTranslation.ToMs(incident.OnsetUs), incident.Beds))];

    public static WatchdogMarkDto[] WatchdogMarks(this NetworkView network) =>
        [.. network.Watchdogs.Where(watchdog => watchdog.Sequence > 0).Select(watchdog => new WatchdogMarkDto(watchdog.Ward, watchdog.Sequence))];

    public static IncidentDto ToDto(this IncidentView incident)
    {
        var evidence = new Dictionary<string, object?>(incident.Evidence.Count, StringComparer.Ordinal);
        foreach (var (name, value) in incident.Evidence)
        {
            evidence[name] = value is double number ? BedTranslation.Finite(number) : value;
        }

        return new IncidentDto(
            incident.Id, incident.What, incident.Cause, incident.Subject, Word(incident.Severity), BedTranslation.ToMs(incident.OnsetUs),
            incident.EndUs is { } end ? BedTranslation.ToMs(end) : null, incident.Beds, incident.Children, evidence);
    }

    private static SourceDto ToDto(SourceView source) => new(
        source.Name, Word(source.Kind), source.Reached, BedTranslation.ToMs(source.SinceUs), BedTranslation.ToMs(source.ReportedUs), source.Error, source.Facts);

    private static PathDto ToDto(PathView path) => new(
        path.Bed, path.Device,
        [.. path.Chain.Select(step => new IdentityDto(
            step.Step, step.Value, BedTranslation.Finite(step.Confidence) ?? 0, step.From, BedTranslation.ToMs(step.SinceUs), step.Planned))],
        path.Missing,
        [.. path.History.Select(change => new IdentityChangeDto(BedTranslation.ToMs(change.AtUs), change.Step, change.Before, change.After))],
        ToDto(path.Budget), BedTranslation.Finite(path.RsrpDbm), BedTranslation.Finite(path.SinrDb), path.Link.Word());

    private static BudgetDto ToDto(BudgetView budget) => new(
        budget.FiveQi, budget.PlannedFiveQi, BedTranslation.Finite(budget.DelayBudgetMs), BedTranslation.Finite(budget.DelayP98Ms),
        BedTranslation.Finite(budget.LossBudget), BedTranslation.Finite(budget.LossRatio), BedTranslation.Finite(budget.LinkAvailability),
        BedTranslation.Finite(budget.ServiceAvailability), BedTranslation.Finite(budget.ObservedS) ?? 0, budget.Findings);

    private static WatchdogDto ToDto(WatchdogView watchdog) => new(
        watchdog.Ward, watchdog.Sequence, watchdog.SentUs > 0 ? BedTranslation.ToMs(watchdog.SentUs) : null,
        [.. watchdog.Hops.Select(hop => new WatchdogHopDto(hop.Name, BedTranslation.Finite(hop.Ms)))], watchdog.Missed);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
