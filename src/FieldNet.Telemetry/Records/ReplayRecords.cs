namespace FieldNet.Telemetry.Records;

/// <summary>Reads records of the log again, in order, and hands each to <paramref name="apply"/>.</summary>
public delegate void ReplayRecords(RecordAction apply);
