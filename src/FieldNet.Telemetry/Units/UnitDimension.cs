namespace FieldNet.Telemetry.Units;

/// <summary>What a unit measures: units of one dimension convert into each other.</summary>
internal enum UnitDimension : byte
{
    Fraction = 0,
    Rate,
    Pressure,
    Temperature,
    Voltage,
    Resistance,
    Volume,
    VolumeFlow,
    Time,
    DoseRate,
    MassConcentration,
    Compliance,
}
