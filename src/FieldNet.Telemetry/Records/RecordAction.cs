namespace FieldNet.Telemetry.Records;

/// <summary>Takes one record.</summary>
public delegate void RecordAction(in LogRecord record);
