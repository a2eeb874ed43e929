namespace FieldNet.Capture.Inspection;

/// <summary>How far a reader of the log is.</summary>
/// <param name="Through">Number of the last record that it is done with.</param>
/// <param name="Behind">Numbers from there to the log's last.</param>
/// <param name="Cut">It was too far behind: the log no longer waits for it.</param>
public sealed record CursorInspection(string Name, long Through, long Behind, bool Cut);
