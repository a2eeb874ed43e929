namespace FieldNet.Capture.Log;

/// <summary>What a reader could not read.</summary>
/// <param name="Corrupt">Damaged places with valid records behind them.</param>
/// <param name="Torn">Segments that end in the middle of a record: a crash, or a log that is being written.</param>
/// <param name="Missing">Numbers that no record has: damaged, shed, or lost with a crash before their commit.</param>
public readonly record struct LogDamage(long Corrupt, long Torn, long Missing);
