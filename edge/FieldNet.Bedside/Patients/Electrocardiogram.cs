namespace FieldNet.Bedside.Patients;

/// <summary>ECG leads I, II and V1 of a beating, fibrillating or silent heart.</summary>
/// <remarks>
/// Source: the dynamical model of McSharry et al. 2003 (IEEE TBME 50:289), integrated by Runge-Kutta of order 4 at 500 Hz. On its limit cycle
/// the angle grows steadily through each RR interval, so it is kept as the time since the R peak, and only z is integrated:
/// dz/dt = -Σ a (Δt/σ²) exp(-Δt²/2σ²) - (z - z0). Each wave is a dipole of one frontal direction; leads I and II are its projections.
/// </remarks>
internal sealed class Electrocardiogram
{
    private const double StepSeconds = 0.002;

    /// <summary>One wave of a beat: centre and width in ms at 60/min, growth with RR, size in mV, frontal direction, size in V1.</summary>
    private readonly record struct Dipole(double CentreMs, double WidthMs, double Stretch, double SizeMv, double Degrees, double V1Mv);

    private readonly Dipole[] _sinus;
    private readonly Dipole[] _ventricular;
    private readonly Random _random;
    private readonly double[] _z = new double[3];
    private readonly double[] _size = new double[18];
    private readonly double[] _centre = new double[6];
    private readonly double[] _perVariance = new double[6];
    private readonly double[] _fibrillation = new double[4];
    private Dipole[] _shape;
    private double _fibrillationMv;
    private double _seconds;
    private double _cycle;

    public Electrocardiogram(PatientProfile profile, Random random)
    {
        _random = random;
        double axis = profile.AxisDegrees;
        double size = random.Between(0.95, 1.35);
        double t = random.Between(0.8, 1.25);
        _sinus =
        [
            new(-165, 21, 0.4, 0.13, 55, 0.05),
            new(-26, 8, 0, 0.10 * size, 200, 0.18),
            new(0, 10, 0, 1.15 * size, axis, -0.85 * size),
            new(27, 9, 0, 0.24 * size, 250, -0.15),
            new(242, 52, 0.5, 0.16 * t, 45, 0.05),
            new(290, 30, 0.5, 0.17 * t, 45, 0.04),
        ];
        double origin = random.NextDouble() < 0.5 ? -75 : 110;
        _ventricular =
        [
            new(-30, 22, 0, 0.5, origin + 30, 0.4),
            new(8, 34, 0, 1.45, origin, 1.1),
            new(58, 24, 0, 0.35, origin - 60, -0.2),
            new(255, 62, 0.5, 0.55, origin + 180, -0.45),
        ];
        _shape = _sinus;
        for (int i = 0; i < _fibrillation.Length; i++)
        {
            _fibrillation[i] = random.Between(0, 2 * Math.PI);
        }
    }

    /// <summary>Lead I, mV, without noise.</summary>
    public double LeadI { get; private set; }

    public double LeadII { get; private set; }

    public double LeadV1 { get; private set; }

    /// <summary>One step of 2 ms, up to the heart's present time.</summary>
    public void Advance(Heart heart, double wanderMv)
    {
        _seconds += StepSeconds;
        Prepare(heart);
        double since = heart.SinceR - StepSeconds;
        Slopes(since, heart.IsBeating, out double i0, out double ii0, out double v0);
        Slopes(since + StepSeconds / 2, heart.IsBeating, out double i1, out double ii1, out double v1);
        Slopes(since + StepSeconds, heart.IsBeating, out double i2, out double ii2, out double v2);
        _z[0] = Integrate(_z[0], 0.6 * wanderMv, i0, i1, i2);
        _z[1] = Integrate(_z[1], wanderMv, ii0, ii1, ii2);
        _z[2] = Integrate(_z[2], 0.5 * wanderMv, v0, v1, v2);
        Fibrillate(heart.Rhythm == Rhythm.VentricularFibrillation);
        LeadI = _z[0] + 0.7 * _fibrillationMv * Wobble(0.9) + 0.006 * _random.Noise();
        LeadII = _z[1] + _fibrillationMv * Wobble(0) + 0.006 * _random.Noise();
        LeadV1 = _z[2] + 0.8 * _fibrillationMv * Wobble(2.1) + 0.006 * _random.Noise();
    }

    /// <summary>Scales the waves to the present cycle, once a cycle.</summary>
    private void Prepare(Heart heart)
    {
        var shape = heart.IsVentricular ? _ventricular : _sinus;
        if (heart.CycleSeconds == _cycle && ReferenceEquals(shape, _shape))
        {
            return;
        }
        (_cycle, _shape) = (heart.CycleSeconds, shape);
        for (int k = 0; k < shape.Length; k++)
        {
            var d = shape[k];
            double stretch = d.Stretch == 0 ? 1 : Math.Pow(Math.Min(1.2, heart.CycleSeconds), d.Stretch);
            double width = d.WidthMs / 1000 * stretch;
            _centre[k] = d.CentreMs / 1000 * stretch;
            _perVariance[k] = 1 / (width * width);
            _size[3 * k] = d.SizeMv * Math.Cos(d.Degrees * Math.PI / 180);
            _size[3 * k + 1] = d.SizeMv * Math.Cos((d.Degrees - 60) * Math.PI / 180);
            _size[3 * k + 2] = d.V1Mv;
        }
    }

    /// <summary>The sum over the waves, for each lead, at a time since the R peak.</summary>
    private void Slopes(double since, bool beating, out double i, out double ii, out double v1)
    {
        i = ii = v1 = 0;
        for (int k = 0; beating && k < _shape.Length; k++)
        {
            double away = since - _centre[k];
            double exponent = 0.5 * away * away * _perVariance[k];
            // Beyond six widths the wave is under a microvolt.
            if (exponent < 18)
            {
                double slope = -away * _perVariance[k] * Math.Exp(-exponent);
                i += _size[3 * k] * slope;
                ii += _size[3 * k + 1] * slope;
                v1 += _size[3 * k + 2] * slope;
            }
        }
    }

    /// <summary>Runge-Kutta of order 4 for dz/dt = f(t) - (z - rest), f known at the start, middle and end of the step.</summary>
    private static double Integrate(double z, double rest, double start, double middle, double end)
    {
        const double h = StepSeconds;
        double k1 = start - (z - rest);
        double k2 = middle - (z + h / 2 * k1 - rest);
        double k3 = middle - (z + h / 2 * k2 - rest);
        double k4 = end - (z + h * k3 - rest);
        return z + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }

    private void Fibrillate(bool on)
    {
        // Coarse at first, finer with time; grows and fades within a second.
        double goal = on ? 0.42 + 0.16 * Math.Sin(2 * Math.PI * 0.21 * _seconds) + 0.1 * Math.Sin(2 * Math.PI * 0.47 * _seconds) : 0;
        _fibrillationMv += (goal - _fibrillationMv) * StepSeconds / 0.35;
        if (_fibrillationMv < 1e-4)
        {
            return;
        }
        for (int k = 0; k < _fibrillation.Length; k++)
        {
            // Three wavelets about 5 Hz whose frequencies wander, and a slow one that pulls them apart.
            double hertz = 4.1 + 0.85 * k + 0.9 * Math.Sin(_fibrillation[3] * (0.11 + 0.05 * k) + k);
            _fibrillation[k] += 2 * Math.PI * hertz * StepSeconds + 0.04 * _random.Noise();
        }
    }

    private double Wobble(double shift) => _fibrillationMv < 1e-4
        ? 0
        : 0.6 * Math.Sin(_fibrillation[0] + shift) + 0.45 * Math.Sin(_fibrillation[1] + 1.7 * shift) + 0.35 * Math.Sin(_fibrillation[2] - shift);
}
