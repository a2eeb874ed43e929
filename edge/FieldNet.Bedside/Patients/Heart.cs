namespace FieldNet.Bedside.Patients;

/// <summary>When the heart beats: RR intervals with the bimodal spectrum of a resting human, ectopic beats and arrhythmias.</summary>
/// <remarks>
/// Source: McSharry et al. 2003, IEEE TBME 50:289. There the RR series is drawn from a spectrum with peaks at 0.1 Hz (Mayer
/// waves) and at the respiratory frequency; here, for endless streaming, the first is a sum of sinusoids about 0.1 Hz and the second follows
/// the patient's own <see cref="Respiration"/>.
/// </remarks>
internal sealed class Heart
{
    private const int Sinusoids = 8;

    private readonly PatientProfile _profile;
    private readonly Random _random;
    private readonly double[] _radiansPerSecond = new double[Sinusoids];
    private readonly double[] _phases = new double[Sinusoids];
    private double _seconds;
    private double _untilBoundary;
    private bool _strokePending;

    public Heart(PatientProfile profile, Random random)
    {
        _profile = profile;
        _random = random;
        RatePerMinute = profile.HeartRatePerMinute;
        for (int i = 0; i < Sinusoids; i++)
        {
            _radiansPerSecond[i] = 2 * Math.PI * (0.1 + 0.01 * random.Gaussian());
            _phases[i] = random.Between(0, 2 * Math.PI);
        }
        Begin(0);
    }

    /// <summary>Mean sinus rate now.</summary>
    public double RatePerMinute { get; set; }

    public Rhythm Rhythm { get; set; }

    /// <summary>Seconds since the R peak of the present cycle; negative before it.</summary>
    public double SinceR { get; private set; }

    /// <summary>Length of the present cycle.</summary>
    public double CycleSeconds { get; private set; }

    public bool IsVentricular { get; private set; }

    /// <summary>The ventricles contract as one: false in asystole and fibrillation.</summary>
    public bool IsBeating { get; private set; } = true;

    /// <summary>Filling of the last stroke: 1 for a sinus beat at rest, less for an early or a ventricular one.</summary>
    public double Stroke { get; private set; } = 1;

    /// <returns>True at the R peak.</returns>
    public bool Advance(double seconds, Respiration respiration)
    {
        _seconds += seconds;
        SinceR += seconds;
        _untilBoundary -= seconds;
        bool peak = _strokePending && SinceR >= 0;
        _strokePending &= !peak;
        if (_untilBoundary <= 0)
        {
            Begin(respiration.Drive);
        }
        return peak;
    }

    private void Begin(double respiratoryDrive)
    {
        double previous = CycleSeconds;
        IsBeating = Rhythm is not (Rhythm.Asystole or Rhythm.VentricularFibrillation);
        if (!IsBeating)
        {
            // Look again soon: the rhythm may come back at any time.
            (CycleSeconds, SinceR, _untilBoundary) = (0.1, 10, 0.1);
            return;
        }
        bool run = Rhythm is Rhythm.VentricularTachycardia or Rhythm.VentricularRun;
        bool ectopic = !run && !IsVentricular && Rhythm == Rhythm.Regular && _random.NextDouble() < _profile.EctopicBeatsPerMinute / RatePerMinute;
        double cycle = Cycle(respiratoryDrive);
        CycleSeconds = cycle;
        IsVentricular = run || ectopic;
        // A sinus cycle holds its P wave before the R peak. An ectopic beat has none: it comes early, and the pause after it makes up.
        SinceR = -(ectopic ? 0.08 : Math.Clamp(0.35 * cycle, 0.1, 0.26));
        _untilBoundary = cycle;
        Stroke = run ? 0.3 : ectopic ? 0.55 : previous > 0 ? Math.Clamp(0.55 + 0.45 * cycle * _profile.HeartRatePerMinute / 60, 0.45, 1.3) : 1;
        _strokePending = true;
    }

    private double Cycle(double respiratoryDrive)
    {
        double mean = 60 / (Rhythm switch
        {
            Rhythm.ExtremeBradycardia => 32,
            Rhythm.ExtremeTachycardia => 158,
            Rhythm.VentricularTachycardia => 176,
            Rhythm.VentricularRun => 150,
            _ => RatePerMinute,
        });
        double slow = 0;
        for (int i = 0; i < Sinusoids; i++)
        {
            slow += Math.Sin(_radiansPerSecond[i] * _seconds + _phases[i]);
        }
        // A sum of n sinusoids of amplitude 1 has variance n/2. Fast or ectopic rhythms hardly vary.
        double calm = Rhythm == Rhythm.Regular ? Math.Min(1, mean) : 0.2;
        double relative = _profile.LowFrequencyVariability * slow / Math.Sqrt(Sinusoids / 2.0)
            - _profile.HighFrequencyVariability * respiratoryDrive + 0.004 * _random.Gaussian();
        return mean * Math.Clamp(1 + calm * relative, 0.7, 1.3);
    }
}
