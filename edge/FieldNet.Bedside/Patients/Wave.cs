namespace FieldNet.Bedside.Patients;

/// <summary>One waveform of a patient: what it is, and the samples since the last <see cref="Clear"/>.</summary>
/// <remarks>Units: physical = <see cref="Gain"/> × sample + <see cref="Offset"/>, in <see cref="Unit"/> (UCUM). Loss: a value beyond 16 bits is clipped.</remarks>
internal sealed class Wave(string signal, string unit, double samplesPerSecond, double gain, double offset = 0)
{
    /// <summary>The sample that stands for none (wire contract).</summary>
    public const short Missing = short.MinValue;

    private short[] _samples = new short[256];
    private int _count;

    /// <summary>MDC reference id.</summary>
    public string Signal { get; } = signal;

    public string Unit { get; } = unit;

    public double SamplesPerSecond { get; } = samplesPerSecond;

    public double SamplePeriodUs { get; } = 1e6 / samplesPerSecond;

    public double Gain { get; } = gain;

    public double Offset { get; } = offset;

    /// <summary>Number, since the patient's start, of the first of <see cref="Samples"/>.</summary>
    public long FirstSample { get; private set; }

    /// <summary>Time of the last sample that was there, and of the last that was missing; seconds since the patient's start, -1 before the first.</summary>
    public double LastPresentSeconds { get; private set; } = -1;

    public double LastMissingSeconds { get; private set; } = -1;

    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, _count);

    /// <param name="physical">NaN is a missing sample.</param>
    public void Add(double physical) =>
        AddDigital(double.IsNaN(physical) ? Missing : (short)Math.Clamp(Math.Round((physical - Offset) / Gain), -short.MaxValue, short.MaxValue));

    public void AddDigital(short sample)
    {
        if (_count == _samples.Length)
        {
            Array.Resize(ref _samples, 2 * _count);
        }
        double seconds = (FirstSample + _count) / SamplesPerSecond;
        _samples[_count++] = sample;
        if (sample == Missing)
        {
            LastMissingSeconds = seconds;
        }
        else
        {
            LastPresentSeconds = seconds;
        }
    }

    /// <summary>NaN for a missing sample.</summary>
    public double ToPhysical(short sample) => sample == Missing ? double.NaN : Gain * sample + Offset;

    public void Clear()
    {
        FirstSample += _count;
        _count = 0;
    }
}
