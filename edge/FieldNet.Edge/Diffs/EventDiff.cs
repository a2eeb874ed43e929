namespace FieldNet.Edge.Diffs;

/// <summary>Compares two event files for an engineer: what appeared, vanished, moved in time, or changed.</summary>
/// <remarks>
/// Events are matched by id and phase first: an episode's id rests on its subject, kind and onset. What is left is matched by kind, what,
/// subject and phase to the next one in time, if it lies within <see cref="Near"/>: such an episode has moved.
/// The events' own numbers are no difference: one event more renumbers all behind it.
/// </remarks>
internal static class EventDiff
{
    public static readonly TimeSpan Near = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<EventDifference> Compare(IReadOnlyList<EventLine> a, IReadOnlyList<EventLine> b)
    {
        List<(EventLine? A, EventLine? B)> pairs = [];
        var (leftA, leftB) = Pair(a, b, line => (line.Id, line.Phase), anyDistance: true, pairs);
        (leftA, leftB) = Pair(leftA, leftB, line => line.About, anyDistance: false, pairs);
        pairs.AddRange(leftA.Select(line => ((EventLine?)line, (EventLine?)null)));
        pairs.AddRange(leftB.Select(line => ((EventLine?)null, (EventLine?)line)));
        return [.. pairs.Select(pair => Judge(pair.A, pair.B)).OfType<Judged>().OrderBy(judged => judged.At).ThenBy(judged => judged.Line).Select(judged => judged.Difference)];
    }

    /// <summary>Pairs those of one key in the order of time.</summary>
    private static (List<EventLine> LeftA, List<EventLine> LeftB) Pair<TKey>(
        IReadOnlyList<EventLine> a, IReadOnlyList<EventLine> b, Func<EventLine, TKey> key, bool anyDistance, List<(EventLine?, EventLine?)> pairs)
        where TKey : notnull
    {
        var waiting = b.OrderBy(line => line.At).GroupBy(key).ToDictionary(group => group.Key, group => new Queue<EventLine>(group));
        List<EventLine> leftA = [], leftB = [];
        foreach (var line in a.OrderBy(line => line.At))
        {
            if (!waiting.TryGetValue(key(line), out var candidates))
            {
                leftA.Add(line);
                continue;
            }

            while (!anyDistance && candidates.TryPeek(out var early) && early.At < line.At - Near)
            {
                leftB.Add(candidates.Dequeue());
            }

            if (candidates.TryPeek(out var candidate) && (anyDistance || candidate.At <= line.At + Near))
            {
                pairs.Add((line, candidates.Dequeue()));
            }
            else
            {
                leftA.Add(line);
            }
        }

        leftB.AddRange(waiting.Values.SelectMany(queue => queue));
        return (leftA, leftB);
    }

    private static Judged? Judge(EventLine? a, EventLine? b)
    {
        var line = a ?? b!;
        string[] changes = a is null || b is null ? [] : [.. a.DifferencesTo(b)];
        var moved = a is null || b is null ? TimeSpan.Zero : b.At - a.At;
        var difference = a is null ? "appeared" : b is null ? "vanished" : changes.Length > 0 ? "changed" : moved != TimeSpan.Zero ? "moved" : null;
        return difference is null ? null : new Judged(line.At, line.Number, new EventDifference
        {
            Difference = difference,
            Kind = line.Kind,
            What = line.What,
            Phase = line.Phase,
            Subject = line.Subject,
            TimeA = a?.Time,
            TimeB = b?.Time,
            MovedMs = a is null || b is null ? null : Math.Round(moved.TotalMilliseconds, 3),
            Changes = changes,
        });
    }

    private sealed record Judged(DateTimeOffset At, int Line, EventDifference Difference);
}
