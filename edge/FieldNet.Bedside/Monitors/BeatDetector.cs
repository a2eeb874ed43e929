namespace FieldNet.Bedside.Monitors;

/// <summary>Finds R peaks in an ECG lead by their steepness; a T wave is flatter and comes soon after.</summary>
/// <remarks>Units: mV. NaN is a missing sample.</remarks>
internal sealed class BeatDetector
{
    private readonly PeakPicker _peaks;
    private readonly double[] _smooth;
    private readonly double _smoothing;
    private long _index;
    private double _value = double.NaN;

    public BeatDetector(double samplesPerSecond)
    {
        _peaks = new(samplesPerSecond, least: 0.16, judgedAfterSeconds: 0.08, echoSeconds: 0.38, echoShare: 0.62);
        _smooth = new double[Math.Max(2, (int)(0.024 * samplesPerSecond))];
        // One pole at about 6 ms takes away what is between samples, not what is between beats.
        _smoothing = 1 - Math.Exp(-1 / (0.006 * samplesPerSecond));
        Array.Fill(_smooth, double.NaN);
    }

    /// <returns>True once for each beat, about a tenth of a second after its R peak.</returns>
    public bool Add(double mv)
    {
        _value = double.IsNaN(_value) ? mv : _value + _smoothing * (mv - _value);
        ref double oldest = ref _smooth[_index++ % _smooth.Length];
        double slope = Math.Abs(_value - oldest);
        oldest = _value;
        return _peaks.Add(slope);
    }
}
