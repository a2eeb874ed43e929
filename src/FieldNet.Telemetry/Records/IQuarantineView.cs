namespace FieldNet.Telemetry.Records;

/// <summary>A view that survives a record which makes it throw: it is rebuilt from the log without that record.</summary>
/// <remarks>
/// Errors: whatever <see cref="IRecordView.Apply"/> throws puts the record in quarantine; the exception may leave the view in any state.
/// A view that is not one of these ends the agent when it throws.
/// </remarks>
public interface IQuarantineView : IRecordView
{
    /// <summary>Forgets everything, then applies to itself what <paramref name="replay"/> hands over.</summary>
    /// <remarks>An exception that <paramref name="replay"/> lets through must not be caught: it puts that record in quarantine too.</remarks>
    void Rebuild(ReplayRecords replay);
}
