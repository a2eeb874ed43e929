namespace FieldNet.Bedside.Monitors;

/// <summary>Finds pulses in a pleth or pressure wave: the sum of rises over an eighth of a second stands out.</summary>
/// <remarks>Source of the idea: Zong et al. 2003, the slope sum function. Units: those of the wave.</remarks>
internal sealed class PulseDetector
{
    private const double RefractorySeconds = 0.24;

    private readonly double[] _rises;
    private readonly double _samplesPerSecond;
    private readonly double _least;
    private long _index;
    private double _sum;
    private double _last = double.NaN;
    private double _level;
    private double _peak;
    private double _sincePulse = 1;
    private bool _above;

    /// <param name="least">Smallest rise that can be a pulse.</param>
    public PulseDetector(double samplesPerSecond, double least)
    {
        _samplesPerSecond = samplesPerSecond;
        _least = least;
        _level = 4 * least;
        _rises = new double[Math.Max(2, (int)(0.128 * samplesPerSecond))];
    }

    /// <returns>True once for each pulse, on its upstroke.</returns>
    public bool Add(double value)
    {
        double rise = double.IsNaN(value) || double.IsNaN(_last) ? 0 : Math.Max(0, value - _last);
        _last = value;
        ref double oldest = ref _rises[_index++ % _rises.Length];
        _sum = Math.Max(0, _sum + rise - oldest);
        oldest = rise;
        _sincePulse += 1 / _samplesPerSecond;
        if (_sincePulse < RefractorySeconds)
        {
            _peak = Math.Max(_peak, _sum);
        }
        else if (_peak > 0)
        {
            _level = 0.7 * _level + 0.3 * Math.Min(_peak, 2 * _level);
            _peak = 0;
        }
        if (_sincePulse > 1.5)
        {
            _level = Math.Max(_least, _level * (1 - 0.7 / _samplesPerSecond));
        }
        bool above = _sum > Math.Max(_least, 0.5 * _level);
        bool pulse = above && !_above && _sincePulse >= RefractorySeconds;
        _above = above;
        if (pulse)
        {
            (_sincePulse, _peak) = (0, _sum);
        }
        return pulse;
    }
}
