namespace FieldNet.Bedside.Scoring;

/// <summary>Compares what was found with what was done.</summary>
/// <remarks>
/// An event start matches a label with the same <c>what</c>, a subject equal to or below the label's, between 1 s before its start and 10 s after its end.
/// Starts that an incident explains are neutral; they may find a label, but count neither for nor against precision. Starts of alarms, signals, devices and data are
/// judged by no label file: they may match, and are never false. A fault's root is what the first incident that matches it says; without one, the first that
/// explains what does; one that became a part of another counts for nothing beside it. An incident's delay is that of the first finding that it explains.
/// </remarks>
public static class Scorer
{
    public const long BeforeUs = 1_000_000, AfterUs = 10_000_000;

    public static Score Of(IEnumerable<ScoredEvent> events, IEnumerable<Label> labels)
    {
        ScoredEvent[] happened = [.. events];
        var faults = labels.GroupBy(label => label.Fault).SelectMany(group => group.Key is null ? group.Select((line, n) => ((long)(-n - 1), new List<Label> { line })) : [(group.Key.Value, group.ToList())])
            .OrderBy(fault => fault.Item2.Min(line => line.StartUs)).ToArray();
        var lines = faults.SelectMany((fault, n) => fault.Item2.Select(line => (Line: line, Fault: n))).ToLookup(line => line.Line.What);
        var matched = faults.Select(_ => new List<(ScoredEvent Event, Label Line)>()).ToArray();
        var explained = happened.SelectMany(one => one.Children).ToHashSet(StringComparer.Ordinal);
        var incidentOf = happened.Where(one => one.IsIncident).SelectMany(one => one.Children.Select(child => (child, one))).ToLookup(pair => pair.child, pair => pair.one);
        var score = new Score();
        List<ScoredEvent> unmatchedIncidents = [];
        var byId = happened.DistinctBy(one => one.Id).ToDictionary(one => one.Id, StringComparer.Ordinal);
        foreach (var one in happened)
        {
            bool matches = false;
            foreach (var (line, fault) in lines[one.What])
            {
                if (Matches(one, line))
                {
                    matches = true;
                    matched[fault].Add((one with { TimeUs = FoundUs(one, line, byId) }, line));
                }
            }
            if (one.IsIncident && !matches && !explained.Contains(one.Id))
            {
                unmatchedIncidents.Add(one);
            }
            if (IsJudged(one) && !explained.Contains(one.Id))
            {
                score.CountEvent(one, matches);
            }
        }
        foreach (var ((number, own), found) in faults.Zip(matched))
        {
            if (own.Any(line => !line.IsOptional))
            {
                score.Faults.Add(Outcome(score, number, own, found, explained, incidentOf, unmatchedIncidents));
            }
        }
        return score;
    }

    public static bool Matches(ScoredEvent happened, Label label) =>
        happened.What == label.What && IsAtOrBelow(happened.Subject, label.Subject)
        && happened.TimeUs >= label.StartUs - BeforeUs && (label.EndUs is null || happened.TimeUs <= label.EndUs + AfterUs);

    private static FaultOutcome Outcome(
        Score score, long number, List<Label> lines, List<(ScoredEvent Event, Label Line)> found, HashSet<string> explained, ILookup<string, ScoredEvent> incidentOf, List<ScoredEvent> unmatched)
    {
        List<Label> missed = [];
        ScoredEvent? earliest = null;
        foreach (var line in lines.Where(line => !line.IsOptional))
        {
            var first = found.Where(pair => ReferenceEquals(pair.Line, line)).Select(pair => pair.Event).MinBy(one => one.TimeUs);
            score.CountLabel(line, first);
            if (first is null)
            {
                missed.Add(line);
            }
            else if (earliest is null || first.TimeUs < earliest.TimeUs)
            {
                earliest = first;
            }
        }
        long start = lines.Where(line => !line.IsOptional).Min(line => line.StartUs);
        var main = found.Where(pair => !pair.Line.IsOptional).ToArray();
        var named = main.Select(pair => pair.Event).Where(one => one.IsIncident).MinBy(one => (explained.Contains(one.Id), one.TimeUs));
        var root = named ?? main.SelectMany(pair => incidentOf[pair.Event.Id]).MinBy(one => one.TimeUs);
        // One that explains a part of this fault and is another's own is the other's.
        ScoredEvent[] about =
        [
            .. found.Select(pair => pair.Event).Where(one => one.IsIncident && !explained.Contains(one.Id)).DistinctBy(one => one.Id)
                .Union(found.SelectMany(pair => incidentOf[pair.Event.Id]).Where(unmatched.Contains))
                .Union(unmatched.Where(one => lines.Any(line => !line.IsOptional && Touches(one, line)))),
        ];
        return new(number, lines, missed, earliest is not null, root?.Cause == lines[0].Cause, about, earliest is null ? null : (earliest.TimeUs - start) / 1e6);
    }

    /// <summary>An incident waits for its findings: it was found when the first of them was that is of its own kind and within the label's time.</summary>
    private static long FoundUs(ScoredEvent one, Label line, Dictionary<string, ScoredEvent> byId) => one.Children
        .Select(child => byId.GetValueOrDefault(child)).OfType<ScoredEvent>()
        .Where(child => child.What == one.What && child.TimeUs >= line.StartUs - BeforeUs)
        .Select(child => child.TimeUs).Append(one.TimeUs).Min();

    private static bool Touches(ScoredEvent happened, Label label) =>
        happened.Beds.Intersect(label.Beds).Any() && happened.TimeUs >= label.StartUs - BeforeUs && (label.EndUs is null || happened.TimeUs <= label.EndUs + AfterUs);

    private static bool IsJudged(ScoredEvent happened) => happened.Kind is "link" or "clock" or "incident";

    private static bool IsAtOrBelow(string subject, string above) =>
        subject.StartsWith(above, StringComparison.Ordinal) && (subject.Length == above.Length || subject[above.Length] == '/');
}
