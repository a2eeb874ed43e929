namespace FieldNet.Bedside.Patients;

/// <summary>What may befall a synthesised patient or the sensors on them.</summary>
internal enum EpisodeKind
{
    FastRate,
    Hypotension,
    Hypertension,
    Desaturation,
    Apnoea,
    VentricularRun,
    ExtremeBradycardia,
    ExtremeTachycardia,
    VentricularTachycardia,
    VentricularFibrillation,
    Asystole,
    LeadsOff,
    ProbeOff,
    Artefact,
}
