namespace FieldNet.Bedside.Monitors;

/// <summary>Finds pulses in a pleth or pressure wave by the sum of rises over an eighth of a second; a dicrotic wave is a smaller echo.</summary>
/// <remarks>Source of the idea: Zong et al. 2003, the slope sum function. Units: those of the wave.</remarks>
internal sealed class PulseDetector
{
    private readonly PeakPicker _peaks;
    private readonly double[] _rises;
    private long _index;
    private double _sum;
    private double _last = double.NaN;

    /// <param name="samplesPerSecond">Of the wave.</param>
    /// <param name="least">Smallest rise that can be a pulse.</param>
    public PulseDetector(double samplesPerSecond, double least)
    {
        _peaks = new(samplesPerSecond, 2 * least, judgedAfterSeconds: 0.12, echoSeconds: 0.45, echoShare: 0.7);
        _rises = new double[Math.Max(2, (int)(0.128 * samplesPerSecond))];
    }

    /// <returns>True once for each pulse, near its top.</returns>
    public bool Add(double value)
    {
        double rise = double.IsNaN(value) || double.IsNaN(_last) ? 0 : Math.Max(0, value - _last);
        _last = value;
        ref double oldest = ref _rises[_index++ % _rises.Length];
        _sum = Math.Max(0, _sum + rise - oldest);
        oldest = rise;
        return _peaks.Add(double.IsNaN(value) ? double.NaN : _sum);
    }
}
