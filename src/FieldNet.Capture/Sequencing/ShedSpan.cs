namespace FieldNet.Capture.Sequencing;

/// <summary>A run of records that were applied but not logged, because there was no room.</summary>
internal readonly record struct ShedSpan(long From, long Through, long Count, long Bytes)
{
    public ShedSpan With(long number, int bytes) =>
        new(Count == 0 ? number : From, number, Count + 1, Bytes + bytes);
}
