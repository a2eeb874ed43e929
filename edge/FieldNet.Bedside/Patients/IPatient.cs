namespace FieldNet.Bedside.Patients;

/// <summary>Who lies in the bed: gives waveforms, and what no waveform tells.</summary>
/// <remarks>Threading: one caller. Time is microseconds since the patient's start; the same steps give the same samples.</remarks>
internal interface IPatient
{
    IReadOnlyList<Wave> Waves { get; }

    /// <summary>Empties the waves, then fills them with the samples before this time that were not given yet.</summary>
    void Advance(long toUs);

    /// <summary>The rhythm that an arrhythmia analysis calls now; <see cref="Rhythm.Regular"/> when it calls none.</summary>
    Rhythm CalledRhythm { get; }

    /// <summary>The monitor may call asystole and extreme rates from the beats that it detects itself.</summary>
    bool RatesAreCalled { get; }

    /// <summary>Oxygen saturation as an oximeter would compute it from two colours; null if nobody knows.</summary>
    double? OxygenSaturationPercent { get; }

    double? TemperatureCelsius { get; }

    /// <summary>The last cuff measurement; null if none.</summary>
    CuffReading? Cuff { get; }
}
