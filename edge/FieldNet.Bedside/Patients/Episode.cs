namespace FieldNet.Bedside.Patients;

/// <summary>One thing that befalls a patient, in microseconds since the patient's start.</summary>
internal readonly record struct Episode(EpisodeKind Kind, long StartUs, long EndUs);
