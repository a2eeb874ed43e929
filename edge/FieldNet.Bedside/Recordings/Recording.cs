using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Recordings;

/// <summary>A recorded patient: waveforms, and the alarm that the monitor of the day raised.</summary>
/// <param name="Called">The alarm named in the header's comments; <see cref="Rhythm.Regular"/> if none.</param>
internal sealed record Recording(string Name, IReadOnlyList<RecordedWave> Waves, double Seconds, Rhythm Called)
{
    /// <summary>Where the PhysioNet/CinC 2015 recordings have their alarm.</summary>
    public const double AlarmAtSeconds = 300;
}
