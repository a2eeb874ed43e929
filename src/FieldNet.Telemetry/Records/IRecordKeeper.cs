namespace FieldNet.Telemetry.Records;

/// <summary>Keeps something of each record outside the log (trends, a time-series server), fed from a durable cursor on the committed log.</summary>
/// <remarks>
/// Threading: one caller at a time. Loss and doubles: none, as long as <see cref="Through"/> and what is kept become durable in one
/// step, or taking a record a second time changes nothing.
/// </remarks>
public interface IRecordKeeper
{
    /// <summary>Number of the last record whose part is kept durably; the feed starts behind it. 0 at first.</summary>
    long Through { get; }

    /// <summary>Takes the next record, into memory. Numbers rise; some are missing.</summary>
    void Take(in LogRecord record);

    /// <summary>Makes durable what was taken, and that it reaches up to this number; or leaves <see cref="Through"/> where it is and has the log keep the rest for it.</summary>
    /// <remarks>Errors: what passes by itself (a server that is down) is waited for within the call, cancellably.</remarks>
    ValueTask KeepAsync(long through, CancellationToken cancellation);
}
