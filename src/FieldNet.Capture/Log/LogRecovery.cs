namespace FieldNet.Capture.Log;

/// <summary>What opening a log found.</summary>
/// <param name="LastNumber">Of the last record that can be read; 0 in an empty log.</param>
/// <param name="LastLogTimeUs">Its log time; the new run starts no earlier.</param>
/// <param name="LastStart">Ordinal of the last agent start; 0 in an empty log.</param>
/// <param name="Clean">The log is empty or its last record is a <see cref="Telemetry.Records.RecordKind.Stop"/>.</param>
/// <param name="TornBytes">Cut from the ends of segments: records that a crash left half on disk, none of them committed.</param>
/// <param name="Corrupt">Damaged places in the segments scanned that have valid records behind them.</param>
public readonly record struct LogRecovery(
    long LastNumber, long LastLogTimeUs, int LastStart, bool Clean, long TornBytes, long Corrupt);
