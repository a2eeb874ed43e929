namespace FieldNet.Bedside.Monitors;

/// <summary>Systolic, diastolic and mean pressure of a waveform, averaged over the last beats.</summary>
internal sealed class PressureMeter(double samplesPerSecond)
{
    private const int Beats = 4;

    private readonly PulseDetector _pulses = new(samplesPerSecond, 4);
    private readonly IntervalMeter _rate = new(8, 10);
    private readonly (double Systolic, double Diastolic, double Mean)[] _beats = new (double, double, double)[Beats];
    private long _count;
    private double _high, _low, _sum, _slow = double.NaN;
    private int _samples;
    private double _seconds;

    /// <summary>Averages of the last beats; without pulses only the mean, as on a monitor.</summary>
    public (double? Systolic, double? Diastolic, double? Mean) Reading { get; private set; }

    public double? PulsePerMinute => _rate.PerMinute(_seconds);

    public bool IsPulsatile => _seconds - _rate.LastSeconds < 3;

    public void Add(double mmHg, double seconds)
    {
        _seconds = seconds;
        if (double.IsNaN(mmHg))
        {
            (Reading, _count, _samples, _slow) = ((null, null, null), 0, 0, double.NaN);
            return;
        }
        _slow = double.IsNaN(_slow) ? mmHg : _slow + (mmHg - _slow) / samplesPerSecond;
        if (_pulses.Add(mmHg))
        {
            Close();
            _rate.Add(seconds);
            (_high, _low, _sum, _samples) = (double.MinValue, double.MaxValue, 0, 0);
        }
        (_high, _low, _sum, _samples) = (Math.Max(_high, mmHg), Math.Min(_low, mmHg), _sum + mmHg, _samples + 1);
        if (!IsPulsatile)
        {
            (Reading, _count) = ((null, null, _slow), 0);
        }
    }

    /// <summary>From upstroke to upstroke the lowest sample is the diastole at the end of the beat.</summary>
    private void Close()
    {
        double lasted = _samples / samplesPerSecond;
        if (lasted is < 0.2 or > 3 || double.IsNaN(_rate.LastSeconds))
        {
            return;
        }
        _beats[_count++ % Beats] = (_high, _low, _sum / _samples);
        var last = _beats.Take((int)Math.Min(_count, Beats)).ToArray();
        Reading = (last.Average(b => b.Systolic), last.Average(b => b.Diastolic), last.Average(b => b.Mean));
    }
}
