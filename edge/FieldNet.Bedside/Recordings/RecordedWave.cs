namespace FieldNet.Bedside.Recordings;

/// <summary>One waveform of a recording, ready to send: 16-bit samples in a unit of UCUM.</summary>
/// <remarks>Shape: a missing sample is <see cref="Patients.Wave.Missing"/>. Shared by the beds that play it: never changed.</remarks>
internal sealed record RecordedWave(string Signal, string Unit, double SamplesPerSecond, double Gain, double Offset, short[] Samples);
