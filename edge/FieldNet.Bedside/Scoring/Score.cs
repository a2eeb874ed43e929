namespace FieldNet.Bedside.Scoring;

/// <summary>What a comparison of events with labels gave; several add up.</summary>
/// <remarks>Threading: one thread.</remarks>
public sealed class Score
{
    private readonly SortedDictionary<string, List<double>> _delayS = new(StringComparer.Ordinal);

    /// <summary>Label lines without the optional ones, and how many of them were found.</summary>
    public int Labels { get; private set; }

    public int Found { get; private set; }

    /// <summary>Starts that count for precision: of links, clocks and incidents, and explained by no incident; and how many of them match a label.</summary>
    public int Events { get; private set; }

    public int True { get; private set; }

    /// <summary>Starts that no label matches.</summary>
    public List<ScoredEvent> False { get; } = [];

    public List<FaultOutcome> Faults { get; } = [];

    public void Add(Score other)
    {
        Labels += other.Labels;
        Found += other.Found;
        Events += other.Events;
        True += other.True;
        False.AddRange(other.False);
        Faults.AddRange(other.Faults);
        foreach (var (what, delays) in other._delayS)
        {
            DelaysOf(what).AddRange(delays);
        }
    }

    /// <param name="bedDays">Beds times days that the events are of.</param>
    public ScoreReport Report(double bedDays)
    {
        int found = Faults.Count(fault => fault.IsFound);
        return new()
        {
            Labels = Labels,
            Events = Events,
            Precision = Share(True, Events),
            Recall = Share(Found, Labels),
            RootCauseAccuracy = Share(Faults.Count(fault => fault is { IsFound: true, IsRootRight: true }), found),
            IncidentsPerFault = Share(Faults.Where(fault => fault.IsFound).Sum(fault => fault.Incidents.Count), found),
            DelayS = _delayS.ToDictionary(delay => delay.Key, delay => ScoreReport.Delay.Of(delay.Value), StringComparer.Ordinal),
            FalsePerBedDay = bedDays > 0 ? Math.Round(False.Count / bedDays, 4) : null,
            BedDays = Math.Round(bedDays, 4),
        };
    }

    internal void CountLabel(Label label, ScoredEvent? first)
    {
        Labels++;
        if (first is not null)
        {
            Found++;
            DelaysOf(label.What).Add(Math.Max(0, (first.TimeUs - label.StartUs) / 1e6));
        }
    }

    internal void CountEvent(ScoredEvent happened, bool isTrue)
    {
        Events++;
        if (isTrue)
        {
            True++;
        }
        else
        {
            False.Add(happened);
        }
    }

    private List<double> DelaysOf(string what) => _delayS.TryGetValue(what, out var delays) ? delays : _delayS[what] = [];

    /// <summary>Null where there is nothing to have a share of.</summary>
    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}
