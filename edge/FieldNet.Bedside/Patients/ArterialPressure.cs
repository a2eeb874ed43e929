namespace FieldNet.Bedside.Patients;

/// <summary>Arterial pressure: each stroke fills an elastic vessel that empties through the periphery (a Windkessel with inflow resistance).</summary>
/// <remarks>
/// Calibrated so that the resting rhythm gives the profile's systolic and diastolic pressure. So an early beat gives a small pulse, a pause a deep
/// diastole, and asystole a decay to the pressure of standing blood, without any special case.
/// </remarks>
internal sealed class ArterialPressure
{
    /// <summary>Electromechanical delay plus the travel to the radial artery.</summary>
    public const double DelaySeconds = 0.19;

    /// <summary>Where pressure settles when the heart stands still.</summary>
    public const double StandingMmHg = 18;

    private const double StepSeconds = 0.008;
    private const double InflowResistance = 0.16;
    private const double EjectionSeconds = 0.26;

    private readonly double _decaySeconds;
    private readonly double _perStroke;
    private PulseQueue _pulses = new();
    private double _seconds;
    private double _stored;

    public ArterialPressure(PatientProfile profile)
    {
        double cycle = 60 / profile.HeartRatePerMinute;
        double wanted = (profile.DiastolicMmHg - StandingMmHg) / (profile.SystolicMmHg - StandingMmHg);
        (double low, double high) = (0, 1);
        (double least, double most) = (0.2, 8);
        // The slower the vessel empties, the nearer diastole is to systole: halve the interval until they fit.
        for (int i = 0; i < 16; i++)
        {
            _decaySeconds = (least + most) / 2;
            (low, high) = AtRest(cycle);
            (least, most) = low / high < wanted ? (_decaySeconds, most) : (least, _decaySeconds);
        }
        _perStroke = (profile.SystolicMmHg - StandingMmHg) / high;
        (_pulses, _seconds) = (new(), 0);
    }

    /// <summary>Vessel tone: 1 at rest, less in hypotension.</summary>
    public double Tone { get; set; } = 1;

    /// <param name="strength">1 is a resting stroke.</param>
    /// <param name="atSeconds">Time of the R peak.</param>
    public void Beat(double strength, double atSeconds) => _pulses.Add(atSeconds + DelaySeconds, strength);

    /// <summary>One step of 8 ms.</summary>
    /// <returns>mmHg.</returns>
    public double Advance(double respiratoryDrive) =>
        StandingMmHg + Tone * _perStroke * Shape() - 1.2 * respiratoryDrive;

    /// <summary>Lowest and highest of a unit stroke's shape, once a steady rhythm has settled.</summary>
    private (double Low, double High) AtRest(double cycle)
    {
        (double low, double high) = (double.MaxValue, 0);
        (_pulses, _seconds, _stored) = (new(), 0, _decaySeconds * 0.2 / cycle);
        double next = 0;
        while (_seconds < 12 * cycle)
        {
            if (_seconds >= next)
            {
                Beat(1, next - DelaySeconds);
                next += cycle;
            }
            double shape = Shape();
            if (_seconds > 10 * cycle)
            {
                (low, high) = (Math.Min(low, shape), Math.Max(high, shape));
            }
        }
        return (low, high);
    }

    private double Shape()
    {
        _seconds += StepSeconds;
        double inflow = 0, reflected = 0;
        for (int k = 0; k < PulseQueue.Length; k++)
        {
            (double age, double strength) = _pulses.At(k, _seconds);
            if (age > 0 && age < EjectionSeconds)
            {
                // Early peak, then a slow fall until the valve closes.
                double x = age / EjectionSeconds;
                inflow += strength * Math.Sin(Math.PI * Math.Pow(x, 0.58)) * (1.4 - 0.8 * x);
            }
            if (age is > 0.2 and < 0.6)
            {
                double late = (age - 0.36) / 0.04;
                reflected += strength * 0.014 * Math.Exp(-0.5 * late * late);
            }
        }
        _stored += StepSeconds * (inflow - _stored / _decaySeconds);
        return _stored + InflowResistance * inflow + reflected;
    }
}
