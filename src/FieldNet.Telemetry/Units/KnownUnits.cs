namespace FieldNet.Telemetry.Units;

/// <summary>The units that senders use.</summary>
/// <remarks>Source: UCUM; mm[Hg] and cm[H2O] at their conventional values (ISO 80000-4).</remarks>
internal static class KnownUnits
{
    public static readonly Unit[] Rows =
    [
        new(UnitDimension.Fraction, 1, "1"),
        new(UnitDimension.Fraction, 0.01, "%"),

        new(UnitDimension.Rate, 1, "/min", "1/min", "{beat}/min", "{beats}/min", "{breath}/min", "{breaths}/min", "{pulse}/min", "{pulses}/min", "bpm"),
        new(UnitDimension.Rate, 60, "/s", "1/s", "Hz"),
        new(UnitDimension.Rate, 1 / 60.0, "/h", "1/h"),

        new(UnitDimension.Pressure, 1, "Pa"),
        new(UnitDimension.Pressure, 100, "hPa", "mbar"),
        new(UnitDimension.Pressure, 1_000, "kPa"),
        new(UnitDimension.Pressure, 100_000, "bar"),
        new(UnitDimension.Pressure, 133.322387415, "mm[Hg]", "mmHg"),
        new(UnitDimension.Pressure, 98.0665, "cm[H2O]", "cmH2O"),

        new(UnitDimension.Temperature, 1, "Cel", "degC", "°C"),
        new(UnitDimension.Temperature, 1, -273.15, "K"),
        new(UnitDimension.Temperature, 5 / 9.0, -160 / 9.0, "[degF]", "degF", "°F"),

        new(UnitDimension.Voltage, 1, "mV"),
        new(UnitDimension.Voltage, 0.001, "uV"),
        new(UnitDimension.Voltage, 1_000, "V"),

        // An ST deviation in millimetres is read on paper at the standard gain of 10 mm/mV.
        new(UnitDimension.Voltage, 0.1, "mm"),

        new(UnitDimension.Resistance, 1, "Ohm"),
        new(UnitDimension.Resistance, 0.001, "mOhm"),
        new(UnitDimension.Resistance, 1_000, "kOhm"),

        new(UnitDimension.Volume, 1, "mL", "ml"),
        new(UnitDimension.Volume, 0.001, "uL", "ul"),
        new(UnitDimension.Volume, 1_000, "L", "l"),

        new(UnitDimension.VolumeFlow, 1, "mL/h", "ml/h"),
        new(UnitDimension.VolumeFlow, 60, "mL/min", "ml/min"),
        new(UnitDimension.VolumeFlow, 3_600, "mL/s", "ml/s"),
        new(UnitDimension.VolumeFlow, 1_000, "L/h", "l/h"),
        new(UnitDimension.VolumeFlow, 60_000, "L/min", "l/min"),
        new(UnitDimension.VolumeFlow, 3_600_000, "L/s", "l/s"),

        new(UnitDimension.Time, 1, "s"),
        new(UnitDimension.Time, 0.001, "ms"),
        new(UnitDimension.Time, 60, "min"),
        new(UnitDimension.Time, 3_600, "h"),

        new(UnitDimension.DoseRate, 1, "ug/kg/min"),
        new(UnitDimension.DoseRate, 0.001, "ng/kg/min"),
        new(UnitDimension.DoseRate, 1_000, "mg/kg/min"),
        new(UnitDimension.DoseRate, 1 / 60.0, "ug/kg/h"),
        new(UnitDimension.DoseRate, 1_000 / 60.0, "mg/kg/h"),

        new(UnitDimension.MassConcentration, 1, "mg/mL", "mg/ml", "g/L", "g/l"),
        new(UnitDimension.MassConcentration, 0.001, "ug/mL", "ug/ml", "mg/L", "mg/l"),
        new(UnitDimension.MassConcentration, 1_000, "g/mL", "g/ml"),

        new(UnitDimension.Compliance, 1, "mL/cm[H2O]", "ml/cm[H2O]", "mL/cmH2O"),
        new(UnitDimension.Compliance, 1_000, "L/cm[H2O]", "l/cm[H2O]"),
        new(UnitDimension.Compliance, 0.980665, "mL/mbar", "mL/hPa"),
    ];
}
