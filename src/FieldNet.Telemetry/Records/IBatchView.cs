namespace FieldNet.Telemetry.Records;

/// <summary>A view that does its own batching: told between records that a batch is over.</summary>
/// <remarks>Threading: the sequencer thread, never during <see cref="IRecordView.Apply"/>; at least every 100 ms, also in silence. Must be quick.</remarks>
public interface IBatchView
{
    void BatchEnd();
}
