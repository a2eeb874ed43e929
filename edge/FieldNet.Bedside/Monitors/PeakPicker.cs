namespace FieldNet.Bedside.Monitors;

/// <summary>Picks the peaks of a feature that stand out from the recent ones and are no echo of the last.</summary>
/// <remarks>Units: those of the feature, which is never negative. NaN is no value. Simple on purpose: a bedside monitor too errs on noise.</remarks>
internal sealed class PeakPicker(double samplesPerSecond, double least, double judgedAfterSeconds, double echoSeconds, double echoShare)
{
    private const double RefractorySeconds = 0.22;
    private const double ThresholdShare = 0.42;

    private double _level = 3 * least;
    private double _candidate;
    private double _sinceCandidate;
    private double _sincePeak = 1;
    private double _lastPeak;
    private bool _above;

    /// <returns>True once for each peak, some <c>judgedAfterSeconds</c> after it began: its top must have passed.</returns>
    public bool Add(double value)
    {
        if (double.IsNaN(value))
        {
            _candidate = 0;
            return false;
        }
        _sincePeak += 1 / samplesPerSecond;
        _sinceCandidate += 1 / samplesPerSecond;
        if (_sincePeak > 1.5)
        {
            _level = Math.Max(least, _level * (1 - 0.7 / samplesPerSecond));
        }
        if (_sincePeak < RefractorySeconds)
        {
            // What came right after the last peak and dwarfs it was the peak that should have been found (an R behind its P wave).
            _level = Math.Max(_level, 0.5 * Math.Min(value, 4 * _level));
        }
        bool above = value > ThresholdShare * _level;
        bool begins = above && !_above && _candidate == 0 && _sincePeak + judgedAfterSeconds >= RefractorySeconds;
        _above = above;
        if (begins)
        {
            (_candidate, _sinceCandidate) = (value, 0);
            return false;
        }
        _candidate = _candidate > 0 ? Math.Max(_candidate, value) : 0;
        return _candidate > 0 && _sinceCandidate >= judgedAfterSeconds && Judge();
    }

    private bool Judge()
    {
        double peak = _candidate;
        _candidate = 0;
        if (_sincePeak < echoSeconds && peak < echoShare * _lastPeak)
        {
            return false;
        }
        // Quick to learn, but one giant (a jolt of the cable) must not deafen it.
        _level = 0.6 * _level + 0.4 * Math.Min(peak, 3 * _level);
        (_sincePeak, _lastPeak) = (0, Math.Min(peak, 2 * _level));
        return true;
    }
}
