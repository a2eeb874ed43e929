using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Recordings;

/// <summary>Plays a recording over and over, in device time without a seam.</summary>
/// <remarks>What was not recorded (saturation, temperature, cuff) is not made up.</remarks>
internal sealed class RecordedPatient : IPatient
{
    private const double AlarmLastsSeconds = 20;

    private readonly Recording _recording;
    private readonly double _startSeconds;
    private readonly Wave[] _waves;
    private readonly int[] _position;
    private long _nowUs;

    /// <param name="startSeconds">Where in the recording the patient's time 0 lies.</param>
    public RecordedPatient(Recording recording, double startSeconds)
    {
        _recording = recording;
        _startSeconds = startSeconds % recording.Seconds;
        _waves = [.. recording.Waves.Select(w => new Wave(w.Signal, w.Unit, w.SamplesPerSecond, w.Gain, w.Offset))];
        _position = [.. recording.Waves.Select(w => (int)Math.Round(_startSeconds * w.SamplesPerSecond) % Length(w))];
    }

    public IReadOnlyList<Wave> Waves => _waves;

    public Rhythm CalledRhythm
    {
        get
        {
            double since = (_startSeconds + _nowUs / 1e6 - Recording.AlarmAtSeconds) % _recording.Seconds;
            since = since < 0 ? since + _recording.Seconds : since;
            // A record that ends before 5:00 has no alarm in it.
            return _recording.Seconds >= Recording.AlarmAtSeconds && since < AlarmLastsSeconds ? _recording.Called : Rhythm.Regular;
        }
    }

    public bool RatesAreCalled => false;

    public double? OxygenSaturationPercent => null;

    public double? TemperatureCelsius => null;

    public CuffReading? Cuff => null;

    public void Advance(long toUs)
    {
        for (int i = 0; i < _waves.Length; i++)
        {
            var (wave, source) = (_waves[i], _recording.Waves[i]);
            wave.Clear();
            long due = (long)Math.Ceiling(toUs / wave.SamplePeriodUs - 1e-6) - wave.FirstSample;
            for (; due > 0; due--)
            {
                wave.AddDigital(source.Samples[_position[i]]);
                _position[i] = (_position[i] + 1) % Length(source);
            }
        }
        _nowUs = toUs;
    }

    /// <summary>All waves loop together, so each is cut to the shortest.</summary>
    private int Length(RecordedWave wave) => (int)Math.Min(wave.Samples.Length, Math.Round(_recording.Seconds * wave.SamplesPerSecond));
}
