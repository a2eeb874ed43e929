namespace FieldNet.Telemetry.Records;

/// <summary>Something computed from the log: applied to each record once, in order.</summary>
/// <remarks>Threading: one caller, the sequencer thread (live) or the replay loop. Must not block.</remarks>
public interface IRecordView
{
    /// <returns>Why the record's content was refused, or <see cref="Refusal.None"/>. A refused record stays in the log and changes no bed.</returns>
    Refusal Apply(in LogRecord record);
}
