namespace FieldNet.Telemetry.Messages;

/// <summary>Validity of a measurement (IEEE 11073-10207 MeasurementValidity).</summary>
public enum Validity : byte
{
    Valid = 0,
    Questionable = 1,
    Invalid = 2,
    Calibrating = 3,
    Ongoing = 4,
    NotAvailable = 5,
    Overflow = 6,
    Underflow = 7,
}
