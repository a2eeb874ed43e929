namespace FieldNet.Bedside.Monitors;

/// <summary>Finds R peaks in an ECG lead: a slope that stands out from the recent ones.</summary>
/// <remarks>Units: mV. NaN (a missing sample) is no slope. Simple on purpose: a bedside monitor too errs on noise.</remarks>
internal sealed class BeatDetector
{
    private const double LeastSlopeMv = 0.16;
    private const double RefractorySeconds = 0.25;

    private readonly double[] _smooth;
    private readonly double _samplesPerSecond;
    private readonly double _smoothing;
    private long _index;
    private double _level = 0.5;
    private double _peak;
    private double _value = double.NaN;
    private double _sinceBeat = 1;

    public BeatDetector(double samplesPerSecond)
    {
        _samplesPerSecond = samplesPerSecond;
        _smooth = new double[Math.Max(2, (int)(0.024 * samplesPerSecond))];
        // One pole at about 8 ms takes away what is between samples, not what is between beats.
        _smoothing = 1 - Math.Exp(-1 / (0.006 * samplesPerSecond));
        Array.Fill(_smooth, double.NaN);
    }

    /// <returns>True once for each beat, within some 30 ms of its R peak.</returns>
    public bool Add(double mv)
    {
        _value = double.IsNaN(_value) ? mv : _value + _smoothing * (mv - _value);
        ref double oldest = ref _smooth[_index++ % _smooth.Length];
        double slope = Math.Abs(_value - oldest);
        oldest = _value;
        _sinceBeat += 1 / _samplesPerSecond;
        if (_sinceBeat < RefractorySeconds)
        {
            _peak = Math.Max(_peak, slope);
            return false;
        }
        if (_peak > 0)
        {
            // One giant (a jolt of the cable) must not deafen the detector.
            _level = 0.75 * _level + 0.25 * Math.Min(_peak, 2 * _level);
            _peak = 0;
        }
        if (_sinceBeat > 1.5)
        {
            _level = Math.Max(LeastSlopeMv, _level * (1 - 0.7 / _samplesPerSecond));
        }
        if (!(slope > 0.42 * _level))
        {
            return false;
        }
        (_sinceBeat, _peak) = (0, slope);
        return true;
    }
}
