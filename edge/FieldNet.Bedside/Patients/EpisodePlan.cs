namespace FieldNet.Bedside.Patients;

/// <summary>When episodes come: calm spells, then bursts; few patients have most of them.</summary>
/// <remarks>Source of the shape: Drew et al. 2014 (PLoS ONE 9:e110274): a tenth of beds makes over half of the alarms. Deterministic per generator.</remarks>
internal sealed class EpisodePlan(bool unstable, Random random)
{
    private static readonly (EpisodeKind Kind, int Weight, double LeastSeconds, double MostSeconds)[] Kinds =
    [
        (EpisodeKind.Desaturation, 18, 40, 70),
        (EpisodeKind.FastRate, 12, 45, 90),
        (EpisodeKind.Hypotension, 12, 45, 80),
        (EpisodeKind.Hypertension, 6, 40, 70),
        (EpisodeKind.Artefact, 8, 5, 11),
        (EpisodeKind.LeadsOff, 8, 10, 22),
        (EpisodeKind.ProbeOff, 8, 10, 25),
        (EpisodeKind.VentricularRun, 6, 2.5, 4),
        (EpisodeKind.Apnoea, 5, 32, 45),
        (EpisodeKind.ExtremeTachycardia, 4, 18, 40),
        (EpisodeKind.VentricularTachycardia, 4, 12, 24),
        (EpisodeKind.ExtremeBradycardia, 3, 20, 40),
        (EpisodeKind.Asystole, 2, 8, 13),
        (EpisodeKind.VentricularFibrillation, 2, 14, 22),
    ];

    private static readonly int Weights = Kinds.Sum(k => k.Weight);

    private int _leftInBurst;
    private double _lastEndSeconds;
    private bool _first = true;

    /// <summary>The next episode; each starts after the one before has ended.</summary>
    public Episode Next()
    {
        double gap;
        if (_leftInBurst > 0)
        {
            _leftInBurst--;
            gap = random.Between(8, 40);
        }
        else
        {
            _leftInBurst = unstable ? random.Next(1, 5) : random.Next(0, 2);
            // An unstable patient shows it soon: a demonstration is short. (A monitor watches for twelve seconds before anybody looks.)
            gap = unstable ? _first ? random.Between(18, 37) : 20 + random.Exponential(150) : 60 + random.Exponential(1500);
        }
        _first = false;
        int ticket = random.Next(Weights);
        var chosen = Kinds[0];
        foreach (var kind in Kinds)
        {
            chosen = kind;
            if ((ticket -= kind.Weight) < 0)
            {
                break;
            }
        }
        double start = _lastEndSeconds + gap;
        _lastEndSeconds = start + random.Between(chosen.LeastSeconds, chosen.MostSeconds);
        return new(chosen.Kind, (long)(start * 1e6), (long)(_lastEndSeconds * 1e6));
    }
}
