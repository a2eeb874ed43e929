namespace FieldNet.Bedside.Patients;

/// <summary>One non-invasive blood pressure measurement, mmHg.</summary>
internal readonly record struct CuffReading(double Systolic, double Diastolic, double Mean, long MeasuredUs);
