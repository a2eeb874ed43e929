namespace FieldNet.Edge.History;

/// <summary>A chunk of waveform out of the log, dated.</summary>
/// <param name="StartUs">Time of its first sample on the log's clock.</param>
/// <param name="Samples">In the signal's unit; null is missing.</param>
internal sealed record WaveChunkCopy(string Device, double StartUs, double PeriodUs, bool IsLate, float?[] Samples)
{
    public double EndUs => StartUs + (PeriodUs * Samples.Length);
}
