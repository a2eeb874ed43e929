namespace FieldNet.Bedside.Patients;

/// <summary>The finger's pulse wave: a systolic hump and a smaller one after the notch, for each stroke.</summary>
internal sealed class Plethysmogram(Random random)
{
    /// <summary>From the R peak to the foot of the wave at the finger.</summary>
    public const double DelaySeconds = 0.24;

    private const double StepSeconds = 0.008;

    private readonly PulseQueue _pulses = new();
    private double _mean = 0.4;
    private double _seconds;

    /// <summary>1 at rest; vasoconstriction shrinks it.</summary>
    public double Perfusion { get; set; } = 1;

    public void Beat(double strength, double atSeconds) => _pulses.Add(atSeconds + DelaySeconds, strength);

    /// <summary>One step of 8 ms.</summary>
    /// <returns>Share of full scale, 0 to 1.</returns>
    public double Advance(double respiratoryDrive)
    {
        _seconds += StepSeconds;
        double sum = 0;
        for (int k = 0; k < PulseQueue.Length; k++)
        {
            (double age, double strength) = _pulses.At(k, _seconds);
            if (age is > 0 and < 1.4)
            {
                double rise = age / 0.15;
                double dicrotic = (age - 0.39) / 0.07;
                sum += strength * (rise * rise * Math.Exp(2 * (1 - rise)) + 0.28 * Math.Exp(-0.5 * dicrotic * dicrotic));
            }
        }
        // An oximeter shows the pulsating part only.
        _mean += (sum - _mean) * StepSeconds / 2.5;
        return Math.Clamp(0.42 + 0.55 * Perfusion * (sum - _mean) + 0.02 * respiratoryDrive + 0.002 * random.Noise(), 0, 1);
    }
}
