namespace FieldNet.Bedside.Patients;

/// <summary>A patient made of models that share one heart and one breath, so that waves, numbers and alarms agree.</summary>
/// <remarks>Shape: ECG 500 Hz, pleth and arterial pressure 125 Hz, respiration and CO2 62.5 Hz. Deterministic per seed and bed.</remarks>
internal sealed class SyntheticPatient : IPatient
{
    private const long BaseStepUs = 2000;
    private const double BaseStepSeconds = 0.002;
    private const long CuffEveryUs = 300_000_000;

    private readonly Random _random;
    private readonly Respiration _respiration;
    private readonly Heart _heart;
    private readonly Electrocardiogram _ecg;
    private readonly ArterialPressure _pressure;
    private readonly Plethysmogram _pleth;
    private readonly Func<Episode> _nextEpisode;
    private readonly Wave _leadII = new("MDC_ECG_ELEC_POTL_II", "mV", 500, 0.0005);
    private readonly Wave _leadI = new("MDC_ECG_ELEC_POTL_I", "mV", 500, 0.0005);
    private readonly Wave _leadV1 = new("MDC_ECG_ELEC_POTL_V1", "mV", 500, 0.0005);
    private readonly Wave _plethWave = new("MDC_PULS_OXIM_PLETH", "1", 125, 1.0 / 32767);
    private readonly Wave _abp = new("MDC_PRESS_BLD_ART_ABP", "mm[Hg]", 125, 0.02);
    private readonly Wave _impedance = new("MDC_IMPED_TTHOR", "Ohm", 62.5, 0.0002);
    private readonly Wave _co2 = new("MDC_AWAY_CO2", "mm[Hg]", 62.5, 0.01);
    private Episode _episode;
    private long _step;
    private long _cuffDueUs;
    private double _saturation;
    private double _artefact;
    private double _jolt;

    /// <param name="unstable">Has many more episodes than the others.</param>
    public SyntheticPatient(int seed, int bed, bool unstable)
        : this(
            PatientProfile.Draw(RandomExtensions.Fork(seed, bed, 1)), seed, bed,
            new EpisodePlan(unstable, RandomExtensions.Fork(seed, bed, 2)).Next)
    {
    }

    /// <param name="nextEpisode">Asked for the first episode at once, and for each next one when the one before has ended.</param>
    internal SyntheticPatient(PatientProfile profile, int seed, int bed, Func<Episode> nextEpisode)
    {
        Profile = profile;
        _random = RandomExtensions.Fork(seed, bed, 3);
        _respiration = new(profile, RandomExtensions.Fork(seed, bed, 4));
        _heart = new(profile, RandomExtensions.Fork(seed, bed, 5));
        _ecg = new(profile, RandomExtensions.Fork(seed, bed, 6));
        _pressure = new(profile);
        _pleth = new(RandomExtensions.Fork(seed, bed, 7));
        _nextEpisode = nextEpisode;
        _episode = nextEpisode();
        _saturation = profile.OxygenSaturationPercent;
        TemperatureCelsius = profile.TemperatureCelsius;
        Waves = profile.Ventilated
            ? [_leadII, _leadI, _leadV1, _plethWave, _abp, _impedance, _co2]
            : [_leadII, _leadI, _leadV1, _plethWave, _abp, _impedance];
        // The last cuff measurement was taken some minutes before the simulation began.
        _cuffDueUs = (long)(_random.NextDouble() * CuffEveryUs);
        Measure(_cuffDueUs - CuffEveryUs);
    }

    public PatientProfile Profile { get; }

    public IReadOnlyList<Wave> Waves { get; }

    public Rhythm CalledRhythm { get; private set; }

    public bool RatesAreCalled => true;

    public double? OxygenSaturationPercent => Is(EpisodeKind.ProbeOff) ? null : _saturation;

    public double? TemperatureCelsius { get; private set; }

    public CuffReading? Cuff { get; private set; }

    public void Advance(long toUs)
    {
        foreach (var wave in Waves)
        {
            wave.Clear();
        }
        Live(toUs);
        for (; _step * BaseStepUs < toUs; _step++)
        {
            Step();
        }
    }

    /// <summary>What changes slowly: episodes, saturation, tone, rate, temperature, the cuff.</summary>
    private void Live(long nowUs)
    {
        if (nowUs >= _episode.EndUs)
        {
            _episode = _nextEpisode();
        }
        bool now = nowUs >= _episode.StartUs;
        double seconds = (nowUs - _step * BaseStepUs) / 1e6;
        _heart.Rhythm = now ? RhythmOf(_episode.Kind) : Rhythm.Regular;
        _respiration.Apnoea = Is(EpisodeKind.Apnoea) || Is(EpisodeKind.VentricularFibrillation) && nowUs - _episode.StartUs > 10_000_000;
        _heart.RatePerMinute = Approach(_heart.RatePerMinute, Is(EpisodeKind.FastRate) ? 132 : Profile.HeartRatePerMinute, 6, seconds);
        double systolic = Is(EpisodeKind.Hypotension) ? 73 : Is(EpisodeKind.Hypertension) ? 184 : Profile.SystolicMmHg;
        _pressure.Tone = Approach(_pressure.Tone, ToneFor(systolic), 7, seconds);
        _pleth.Perfusion = Math.Clamp(_pressure.Tone, 0.45, 1.05);
        bool airless = Is(EpisodeKind.Apnoea) && nowUs - _episode.StartUs > 15_000_000;
        bool desaturating = Is(EpisodeKind.Desaturation) || airless;
        _saturation = desaturating ? Approach(_saturation, 77, 14, seconds) : Approach(_saturation, Profile.OxygenSaturationPercent, 7, seconds);
        _saturation = Math.Min(100, _saturation + 0.02 * _random.Gaussian());
        TemperatureCelsius = Profile.TemperatureCelsius + 0.1 * Math.Sin(2 * Math.PI * nowUs / 1.8e9);
        CalledRhythm = Called(nowUs);
        if (nowUs >= _cuffDueUs)
        {
            Measure(_cuffDueUs);
            _cuffDueUs += CuffEveryUs;
        }

        double ToneFor(double mmHg) =>
            (mmHg - ArterialPressure.StandingMmHg) / (Profile.SystolicMmHg - ArterialPressure.StandingMmHg);

        static double Approach(double value, double goal, double withinSeconds, double elapsed) =>
            goal + (value - goal) * Math.Exp(-elapsed / withinSeconds);
    }

    private void Step()
    {
        bool peak = _heart.Advance(BaseStepSeconds, _respiration);
        double seconds = (_step + 1) * BaseStepSeconds;
        if (peak)
        {
            double strength = _heart.Stroke * (1 - 0.03 * _respiration.Drive);
            _pressure.Beat(strength, seconds);
            _pleth.Beat(strength, seconds);
        }
        Disturb();
        _ecg.Advance(_heart, 0.04 * _respiration.Drive);
        double off = Is(EpisodeKind.LeadsOff) && _step * BaseStepUs >= _episode.StartUs ? double.NaN : 0;
        _leadII.Add(_ecg.LeadII + _artefact + off);
        _leadI.Add(_ecg.LeadI + 0.6 * _artefact + off);
        _leadV1.Add(_ecg.LeadV1 - 0.4 * _artefact + off);
        if (_step % 4 == 0)
        {
            _plethWave.Add(_pleth.Advance(_respiration.Drive) + 0.35 * _artefact + (Is(EpisodeKind.ProbeOff) ? double.NaN : 0));
            _abp.Add(_pressure.Advance(_respiration.Drive));
        }
        if (_step % 8 == 0)
        {
            _respiration.Advance(8 * BaseStepSeconds);
            // The heart shows a little in the impedance of the chest.
            _impedance.Add(1.1 * (_respiration.Volume - 0.43) + 0.03 * _ecg.LeadII + 0.004 * _random.Noise() + 1.5 * _artefact + off);
            if (Profile.Ventilated)
            {
                _co2.Add(Math.Max(0, _respiration.Co2MmHg + 0.15 * _random.Noise()));
            }
        }
    }

    /// <summary>Movement: jolts of skin and cable, with muscle noise on top.</summary>
    private void Disturb()
    {
        if (!Is(EpisodeKind.Artefact) && Math.Abs(_jolt) < 1e-3)
        {
            _artefact = 0;
            return;
        }
        double drive = Is(EpisodeKind.Artefact) ? 1 : 0;
        _jolt += -_jolt * BaseStepSeconds / 0.12 + drive * 0.11 * _random.Noise();
        _artefact = _jolt + drive * 0.05 * _random.Noise();
    }

    private bool Is(EpisodeKind kind) => _episode.Kind == kind && _step * BaseStepUs >= _episode.StartUs;

    /// <summary>A rhythm is called once it has lasted: five beats of a ventricular tachycardia, four seconds of fibrillation.</summary>
    private Rhythm Called(long nowUs)
    {
        double lasted = (nowUs - _episode.StartUs) / 1e6;
        return _heart.Rhythm switch
        {
            Rhythm.VentricularTachycardia when lasted > 5 * 60 / 176.0 + 1 => Rhythm.VentricularTachycardia,
            Rhythm.VentricularRun when lasted > 3 * 60 / 150.0 => Rhythm.VentricularRun,
            Rhythm.VentricularFibrillation when lasted > 4 => Rhythm.VentricularFibrillation,
            _ => Rhythm.Regular,
        };
    }

    private static Rhythm RhythmOf(EpisodeKind kind) => kind switch
    {
        EpisodeKind.Asystole => Rhythm.Asystole,
        EpisodeKind.ExtremeBradycardia => Rhythm.ExtremeBradycardia,
        EpisodeKind.ExtremeTachycardia => Rhythm.ExtremeTachycardia,
        EpisodeKind.VentricularRun => Rhythm.VentricularRun,
        EpisodeKind.VentricularTachycardia => Rhythm.VentricularTachycardia,
        EpisodeKind.VentricularFibrillation => Rhythm.VentricularFibrillation,
        _ => Rhythm.Regular,
    };

    private void Measure(long atUs)
    {
        double systolic = Profile.SystolicMmHg * _pressure.Tone - 3 + 3 * _random.Gaussian();
        double diastolic = Profile.DiastolicMmHg * _pressure.Tone + 2 + 2 * _random.Gaussian();
        Cuff = new(systolic, diastolic, diastolic + (systolic - diastolic) / 3, atUs);
    }
}
