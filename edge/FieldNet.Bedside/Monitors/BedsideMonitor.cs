using System.Diagnostics.CodeAnalysis;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Bedside.Monitors;

/// <summary>Measures a patient's waveforms as a bedside monitor does, so that numbers and alarms come from what is on the screen.</summary>
internal sealed class BedsideMonitor
{
    /// <summary>A recording's own monitor has waited already.</summary>
    private static readonly AlarmRule CalledTachycardia = AlarmRules.ExtremeTachycardia with { DelaySeconds = 0 };

    /// <summary>How long it has been at the patient before anybody looks, so that it shows numbers at once.</summary>
    private const long WarmUpUs = 12_288_000;

    private const long WarmUpStepUs = 256_000;

    /// <summary>Intervals before a heart rate is shown.</summary>
    private const int LeastBeats = 4;

    private readonly IPatient _patient;
    private readonly Wave? _ecg, _pleth, _pressure, _respiration, _co2;
    private readonly BeatDetector? _beatDetector;
    private readonly PulseDetector? _pulseDetector;
    private readonly BreathDetector? _breathDetector, _capnoDetector;
    private readonly PressureMeter? _pressureMeter;
    private readonly IntervalMeter _beats = new(8, 10), _pulses = new(8, 10), _breaths = new(4, 30), _capno = new(4, 30);
    private readonly AlarmBook _alarms = new();
    private double _endTidal = double.NaN, _co2High = double.NaN;
    private double _seconds;

    public BedsideMonitor(IPatient patient)
    {
        _patient = patient;
        _ecg = First("MDC_ECG_ELEC_POTL_II") ?? patient.Waves.FirstOrDefault(w => w.Signal.StartsWith("MDC_ECG_", StringComparison.Ordinal));
        _pleth = First("MDC_PULS_OXIM_PLETH");
        _pressure = First("MDC_PRESS_BLD_ART_ABP") ?? First("MDC_PRESS_BLD_ART");
        _respiration = First("MDC_IMPED_TTHOR") ?? First("MDC_RESP");
        _co2 = First("MDC_AWAY_CO2");
        _beatDetector = _ecg is null ? null : new(_ecg.SamplesPerSecond);
        _pulseDetector = _pleth is null ? null : new(_pleth.SamplesPerSecond, 0.02);
        _pressureMeter = _pressure is null ? null : new(_pressure.SamplesPerSecond);
        _breathDetector = _respiration is null ? null : new(_respiration.SamplesPerSecond);
        _capnoDetector = _co2 is null ? null : new(_co2.SamplesPerSecond);

        Wave? First(string signal) => patient.Waves.FirstOrDefault(w => w.Signal == signal);
    }

    public IPatient Patient => _patient;

    /// <summary>How far the patient has lived, microseconds.</summary>
    public long NowUs { get; private set; }

    public AlarmLimits Limits { get; private set; } = new();

    public AlarmBook Alarms => _alarms;

    public double? HeartRate => Has(_ecg) && _patient.CalledRhythm != Rhythm.VentricularFibrillation
        ? IsAsystole ? 0 : _beats.Known >= LeastBeats && _seconds - _beats.LastSeconds < 4 ? _beats.PerMinute(_seconds) : null
        : null;

    public double? PulseRate => Has(_pleth) && _seconds - _pulses.LastSeconds < 4 ? _pulses.PerMinute(_seconds) : null;

    public double? BreathRate => Has(_respiration) ? Breaths(_breaths) : null;

    private bool IsAsystole => _patient.RatesAreCalled && Has(_ecg) && Quiet(_ecg, _beats) >= 4;

    /// <summary>Attaches a monitor and lets it watch for a while; sets its limits for a patient whose own were never told.</summary>
    public static BedsideMonitor Attach(IPatient patient)
    {
        var monitor = new BedsideMonitor(patient);
        while (monitor.NowUs < WarmUpUs)
        {
            monitor.Live(monitor.NowUs + WarmUpStepUs);
        }
        if (!patient.RatesAreCalled)
        {
            var (systolic, _, mean) = monitor._pressureMeter?.Reading ?? default;
            monitor.Limits = monitor.Limits.WidenedFor(monitor.HeartRate, monitor.BreathRate, systolic, mean);
        }
        return monitor;
    }

    /// <summary>Lets the patient live up to a time, takes in the samples of that span, and judges the alarms.</summary>
    public void Live(long toUs)
    {
        _patient.Advance(toUs);
        foreach (var wave in _patient.Waves)
        {
            double at = wave.FirstSample / wave.SamplesPerSecond;
            foreach (short sample in wave.Samples)
            {
                Take(wave, sample, at);
                at += 1 / wave.SamplesPerSecond;
            }
        }
        NowUs = toUs;
        _seconds = toUs / 1e6;
        Judge(toUs);
    }

    /// <summary>Every number on the screen.</summary>
    public void Read(List<Reading> readings)
    {
        readings.Clear();
        if (_ecg is not null)
        {
            readings.Add(Reading.Of("MDC_ECG_HEART_RATE", "/min", HeartRate));
        }
        if (_pleth is not null)
        {
            if (_patient.OxygenSaturationPercent is not null || _patient.RatesAreCalled)
            {
                var saturation = Reading.Of("MDC_PULS_OXIM_SAT_O2", "%", _patient.OxygenSaturationPercent);
                // Without a pulse the oximeter still shows its last value, with a question mark.
                readings.Add(saturation.Value is not null && PulseRate is null ? saturation with { Validity = Validity.Questionable } : saturation);
            }
            readings.Add(Reading.Of("MDC_PULS_OXIM_PULS_RATE", "/min", PulseRate));
        }
        if (_pressureMeter is not null && _pressure is not null)
        {
            (double? systolic, double? diastolic, double? mean) = _pressureMeter.Reading;
            readings.Add(Reading.Of(_pressure.Signal + "_SYS", "mm[Hg]", systolic));
            readings.Add(Reading.Of(_pressure.Signal + "_DIA", "mm[Hg]", diastolic));
            readings.Add(Reading.Of(_pressure.Signal + "_MEAN", "mm[Hg]", mean));
        }
        if (_respiration is not null)
        {
            readings.Add(Reading.Of("MDC_TTHOR_RESP_RATE", "/min", BreathRate));
        }
        if (_co2 is not null)
        {
            readings.Add(Reading.Of("MDC_AWAY_CO2_ET", "mm[Hg]", double.IsNaN(_endTidal) ? null : _endTidal));
            readings.Add(Reading.Of("MDC_CO2_RESP_RATE", "/min", Has(_co2) ? Breaths(_capno) : null));
        }
        if (_patient.TemperatureCelsius is { } temperature)
        {
            readings.Add(Reading.Of("MDC_TEMP", "Cel", temperature, 1));
        }
        if (_patient.Cuff is { } cuff)
        {
            readings.Add(Cuff("SYS", cuff.Systolic));
            readings.Add(Cuff("DIA", cuff.Diastolic));
            readings.Add(Cuff("MEAN", cuff.Mean));

            Reading Cuff(string part, double value) =>
                Reading.Of("MDC_PRESS_BLD_NONINV_" + part, "mm[Hg]", value) with { Intermittent = true, MeasuredUs = cuff.MeasuredUs };
        }
    }

    private void Take(Wave wave, short sample, double at)
    {
        double value = wave.ToPhysical(sample);
        if (wave == _ecg)
        {
            Take(sample, _beatDetector!.Add(value), _beats, at);
        }
        else if (wave == _pleth)
        {
            Take(sample, _pulseDetector!.Add(value), _pulses, at);
        }
        else if (wave == _respiration)
        {
            Take(sample, _breathDetector!.Add(value), _breaths, at);
        }
        else if (wave == _pressure)
        {
            _pressureMeter!.Add(value, at);
        }
        else if (wave == _co2)
        {
            _co2High = double.IsNaN(_co2High) ? value : Math.Max(_co2High, value);
            if (_capnoDetector!.Add(value))
            {
                _capno.Add(at);
                (_endTidal, _co2High) = (_co2High, double.NaN);
            }
        }
    }

    /// <summary>No interval spans a gap.</summary>
    private static void Take(short sample, bool found, IntervalMeter meter, double at)
    {
        if (sample == Wave.Missing)
        {
            meter.Forget();
        }
        else if (found)
        {
            meter.Add(at);
        }
    }

    private void Judge(long nowUs)
    {
        var called = _patient.CalledRhythm;
        bool own = _patient.RatesAreCalled && called == Rhythm.Regular;
        double? rate = HeartRate, quick = _beats.PerMinute(_seconds, 5);
        bool asystole = called == Rhythm.Asystole || own && IsAsystole;
        bool slow = called == Rhythm.ExtremeBradycardia || own && !asystole && _beats.Known >= 5 && quick < 40;
        bool fast = called == Rhythm.ExtremeTachycardia || own && !asystole && rate > 140;
        bool rhythm = _alarms.Judge(AlarmRules.Asystole, asystole, nowUs)
            | _alarms.Judge(AlarmRules.Fibrillation, called == Rhythm.VentricularFibrillation, nowUs)
            | _alarms.Judge(AlarmRules.Tachycardia, called == Rhythm.VentricularTachycardia, nowUs, Whole(rate))
            | _alarms.Judge(AlarmRules.VentricularRun, called == Rhythm.VentricularRun, nowUs)
            | _alarms.Judge(AlarmRules.ExtremeBradycardia, slow, nowUs, Whole(quick), low: 40)
            | _alarms.Judge(_patient.RatesAreCalled ? AlarmRules.ExtremeTachycardia : CalledTachycardia, fast, nowUs, Whole(rate), high: 140);
        // The graver alarm takes the place of the lesser one once it is there, not before.
        JudgeRange(AlarmRules.RateLow, AlarmRules.RateHigh, rhythm ? null : rate, Limits.RateLow, Limits.RateHigh, nowUs);

        double? saturation = _patient.OxygenSaturationPercent;
        bool desaturated = _alarms.Judge(
            AlarmRules.Desaturation, saturation < Limits.Desaturation, nowUs, Whole(saturation), low: Limits.Desaturation);
        _alarms.Judge(AlarmRules.SaturationLow, saturation < Limits.SaturationLow && !desaturated, nowUs, Whole(saturation), low: Limits.SaturationLow);

        bool airless = _patient.RatesAreCalled && Has(_respiration) && Quiet(_respiration, _breaths) >= Limits.ApnoeaSeconds;
        bool apnoea = _alarms.Judge(AlarmRules.Apnoea, airless, nowUs);
        JudgeRange(AlarmRules.BreathsLow, AlarmRules.BreathsHigh, apnoea ? null : BreathRate, Limits.BreathsLow, Limits.BreathsHigh, nowUs);

        var (systolic, _, mean) = _pressureMeter?.Reading ?? default;
        JudgeRange(AlarmRules.PressureLow, AlarmRules.PressureHigh, systolic, Limits.SystolicLow, Limits.SystolicHigh, nowUs);
        _alarms.Judge(AlarmRules.MeanLow, mean < Limits.MeanLow, nowUs, Whole(mean), low: Limits.MeanLow);

        _alarms.Judge(AlarmRules.LeadsOff, _ecg is not null && !Has(_ecg), nowUs);
        _alarms.Judge(AlarmRules.ProbeOff, _pleth is not null && !Has(_pleth), nowUs);
        _alarms.Judge(AlarmRules.LineOff, _pressure is not null && !Has(_pressure), nowUs);
    }

    private void JudgeRange(AlarmRule below, AlarmRule above, double? value, double low, double high, long nowUs)
    {
        _alarms.Judge(below, value < low, nowUs, Whole(value), low: low);
        _alarms.Judge(above, value > high, nowUs, Whole(value), high: high);
    }

    private static double? Whole(double? value) => value is { } v ? Math.Round(v) : null;

    private bool Has([NotNullWhen(true)] Wave? wave) => wave is not null && _seconds - wave.LastPresentSeconds < 0.5;

    /// <summary>How long nothing was found in a wave that was there to be searched.</summary>
    private double Quiet(Wave wave, IntervalMeter meter) =>
        _seconds - Math.Max(wave.LastMissingSeconds, double.IsNaN(meter.LastSeconds) ? 0 : meter.LastSeconds);

    private double? Breaths(IntervalMeter meter) => meter.PerMinute(_seconds) is { } rate ? _seconds - meter.LastSeconds < 20 ? rate : 0 : null;
}
