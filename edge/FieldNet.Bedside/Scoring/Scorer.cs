namespace FieldNet.Bedside.Scoring;

/// <summary>Compares what was found with what was done.</summary>
/// <remarks>
/// An event start matches a label with the same <c>what</c>, a subject equal to or below the label's, between 1 s before its start and 10 s after its end.
/// Starts that an incident explains are neutral; they may find a label, but count neither for nor against precision. Starts of alarms, signals, devices and data are
/// judged by no label file: they may match, and are never false.
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
        foreach (var one in happened)
        {
            bool matches = false;
            foreach (var (line, fault) in lines[one.What])
            {
                if (Matches(one, line))
                {
                    matches = true;
                    matched[fault].Add((one, line));
                }
            }
            if (one.IsIncident && !matches)
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
                score.Faults.Add(Outcome(score, number, own, found, incidentOf, unmatchedIncidents));
            }
        }
        return score;
    }

    public static bool Matches(ScoredEvent happened, Label label) =>
        happened.What == label.What && IsAtOrBelow(happened.Subject, label.Subject)
        && happened.TimeUs >= label.StartUs - BeforeUs && (label.EndUs is null || happened.TimeUs <= label.EndUs + AfterUs);

    private static FaultOutcome Outcome(
        Score score, long number, List<Label> lines, List<(ScoredEvent Event, Label Line)> found, ILookup<string, ScoredEvent> incidentOf, List<ScoredEvent> unmatched)
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
        ScoredEvent[] about = [.. IncidentsOf(found, incidentOf)];
        ScoredEvent[] aboutMain = [.. IncidentsOf(found.Where(pair => !pair.Line.IsOptional), incidentOf).OrderBy(one => one.TimeUs)];
        var touching = unmatched.Where(one => !about.Contains(one) && lines.Any(line => !line.IsOptional && Touches(one, line)));
        return new(
            number, lines, missed, earliest is not null, aboutMain.Length > 0 && aboutMain[0].Cause == lines[0].Cause, [.. about, .. touching],
            earliest is null ? null : (earliest.TimeUs - start) / 1e6);
    }

    /// <summary>Incidents that match, or explain what matches.</summary>
    private static IEnumerable<ScoredEvent> IncidentsOf(IEnumerable<(ScoredEvent Event, Label Line)> found, ILookup<string, ScoredEvent> incidentOf) =>
        found.SelectMany(pair => pair.Event.IsIncident ? [pair.Event] : incidentOf[pair.Event.Id]).Distinct();

    private static bool Touches(ScoredEvent happened, Label label) =>
        happened.Beds.Intersect(label.Beds).Any() && happened.TimeUs >= label.StartUs - BeforeUs && (label.EndUs is null || happened.TimeUs <= label.EndUs + AfterUs);

    private static bool IsJudged(ScoredEvent happened) => happened.Kind is "link" or "clock" or "incident";

    private static bool IsAtOrBelow(string subject, string above) =>
        subject.StartsWith(above, StringComparison.Ordinal) && (subject.Length == above.Length || subject[above.Length] == '/');
}
