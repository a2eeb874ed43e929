namespace FieldNet.Bedside.Patients;

/// <summary>What the heart does; and what an arrhythmia analysis calls it.</summary>
internal enum Rhythm
{
    Regular = 0,
    Asystole,
    ExtremeBradycardia,
    ExtremeTachycardia,
    VentricularRun,
    VentricularTachycardia,
    VentricularFibrillation,
}
