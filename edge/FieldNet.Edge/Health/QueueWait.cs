using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Health;

/// <summary>How long messages wait between their socket and the processor.</summary>
/// <remarks>Threading: fed on the sequencer thread, taken on any other.</remarks>
internal sealed class QueueWait : IRecordView
{
    private long _longestUs;

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        var us = record.LogTimeUs - record.ReceiveTimeUs;
        if (us > Volatile.Read(ref _longestUs) && record.Kind == RecordKind.Publish)
        {
            Volatile.Write(ref _longestUs, us);
        }

        return Refusal.None;
    }

    /// <summary>The longest since the last call.</summary>
    public TimeSpan TakeLongest() => TimeSpan.FromMicroseconds(Interlocked.Exchange(ref _longestUs, 0));
}
