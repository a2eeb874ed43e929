namespace FieldNet.Bedside.Patients;

/// <summary>Breathing: lung volume over time, breath by breath.</summary>
internal sealed class Respiration(PatientProfile profile, Random random)
{
    private const double InspiratoryShare = 0.38;

    /// <summary>Mean and standard deviation of <see cref="Volume"/> over a breath, to make a zero-mean unit signal of it.</summary>
    private const double MeanVolume = 0.43, VolumeDeviation = 0.35;

    /// <summary>Share of expiration until gas from the lungs reaches the sensor, and how fast fresh gas clears it.</summary>
    private const double DeadSpace = 0.07, WashoutSeconds = 0.06;

    private double _periodSeconds = 60 / profile.BreathsPerMinute;
    private double _depth = 1;
    private double _phase = random.NextDouble();

    /// <summary>No breath is begun while set.</summary>
    public bool Apnoea { get; set; }

    /// <summary>0 at the end of expiration, about 1 at the end of inspiration.</summary>
    public double Volume { get; private set; }

    /// <summary>Zero mean, unit deviation: positive in inspiration.</summary>
    public double Drive => (Volume - MeanVolume) / VolumeDeviation;

    /// <summary>CO2 at the airway, mmHg: plateau in expiration, 0 in inspiration.</summary>
    public double Co2MmHg { get; private set; }

    public void Advance(double seconds)
    {
        if (_phase > 0 || !Apnoea)
        {
            _phase += seconds / _periodSeconds;
        }
        if (_phase >= 1)
        {
            _phase = Apnoea ? 0 : _phase - 1;
            double spread = profile.Ventilated ? 0.01 : 0.06;
            _periodSeconds = 60 / profile.BreathsPerMinute * Math.Max(0.5, 1 + spread * random.Gaussian());
            _depth = Math.Max(0.4, 1 + spread * 1.5 * random.Gaussian());
        }
        Volume = _depth * Shape(_phase);
        Co2MmHg = Expired() is > DeadSpace and var expired
            ? profile.EndTidalCo2MmHg * (1 - Math.Exp(-(expired - DeadSpace) / 0.05)) * (0.92 + 0.08 * expired)
            : Co2MmHg * Math.Exp(-seconds / WashoutSeconds);
    }

    private double Expired() => (_phase - InspiratoryShare) / (1 - InspiratoryShare);

    private static double Shape(double phase) => phase < InspiratoryShare
        ? 0.5 - 0.5 * Math.Cos(Math.PI * phase / InspiratoryShare)
        // Expiration is passive: fast at first, then a tail.
        : 0.5 + 0.5 * Math.Cos(Math.PI * Math.Pow((phase - InspiratoryShare) / (1 - InspiratoryShare), 0.7));
}
