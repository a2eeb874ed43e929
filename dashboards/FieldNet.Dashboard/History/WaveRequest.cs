namespace FieldNet.Dashboard.History;

/// <summary>A piece of waveform that a page asks for.</summary>
/// <param name="Bed"><c>ward/bed</c>, or <c>site/ward/bed</c>.</param>
/// <param name="Device">Null: whichever sent it.</param>
/// <param name="Signal">MDC reference id.</param>
/// <param name="FromMs">First time wanted.</param>
/// <param name="ToMs">First time not wanted.</param>
/// <param name="Points">Most points in the answer: beyond them samples are thinned out to their least and greatest.</param>
public sealed record WaveRequest(string Bed, string? Device, string Signal, long FromMs, long ToMs, int Points);
