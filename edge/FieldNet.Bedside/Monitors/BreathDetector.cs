namespace FieldNet.Bedside.Monitors;

/// <summary>Finds breaths in a respiration wave: it rises through its own mean after having been well below it.</summary>
internal sealed class BreathDetector(double samplesPerSecond)
{
    /// <summary>Nobody breathes faster than 150 a minute: what comes sooner is a heart beat or a movement.</summary>
    private const double ShortestBreathSeconds = 0.4;

    private double _mean = double.NaN;
    private double _spread;
    private bool _wasLow;
    private double _seconds;
    private double _breathedAt;

    /// <returns>True once for each breath, in inspiration.</returns>
    public bool Add(double value)
    {
        if (double.IsNaN(value))
        {
            return false;
        }
        if (double.IsNaN(_mean))
        {
            _mean = value;
        }
        _seconds += 1 / samplesPerSecond;
        // Quick to learn in the first seconds; later slow, so that an apnoea does not turn heart beats into breaths.
        _mean += (value - _mean) / (samplesPerSecond * Math.Min(8, 1 + _seconds));
        double away = value - _mean;
        _spread += (Math.Abs(away) - _spread) / (samplesPerSecond * Math.Min(20, 1 + _seconds));
        if (away < -0.35 * _spread)
        {
            _wasLow = true;
        }
        bool breath = _wasLow && away > 0.35 * _spread && _seconds - _breathedAt >= ShortestBreathSeconds;
        if (breath)
        {
            (_wasLow, _breathedAt) = (false, _seconds);
        }
        return breath;
    }
}
