using System.Buffers;
using System.Text;
using System.Text.Unicode;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Units;

/// <summary>The UCUM units that senders use, and the spellings that mean the same.</summary>
/// <remarks>Source: UCUM; mm[Hg] and cm[H2O] at their conventional values (ISO 80000-4). Threading: any thread.</remarks>
internal static class UnitTable
{
    private const int MaxNameLength = 32;
    private const uint PerfusionIndexCode = 150448;

    private static readonly Dictionary<string, Unit> ByName = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> BySpan;

    static UnitTable()
    {
        Add(UnitDimension.Fraction, 1, "1");
        Add(UnitDimension.Fraction, 0.01, "%");

        Add(UnitDimension.Rate, 1, "/min", "1/min", "{beat}/min", "{beats}/min", "{breath}/min", "{breaths}/min", "{pulse}/min", "{pulses}/min", "bpm");
        Add(UnitDimension.Rate, 60, "/s", "1/s", "Hz");
        Add(UnitDimension.Rate, 1 / 60.0, "/h", "1/h");

        Add(UnitDimension.Pressure, 1, "Pa");
        Add(UnitDimension.Pressure, 100, "hPa", "mbar");
        Add(UnitDimension.Pressure, 1_000, "kPa");
        Add(UnitDimension.Pressure, 100_000, "bar");
        Add(UnitDimension.Pressure, 133.322387415, "mm[Hg]", "mmHg");
        Add(UnitDimension.Pressure, 98.0665, "cm[H2O]", "cmH2O");

        Add(UnitDimension.Temperature, 1, "Cel", "degC", "°C");
        ByName.Add("K", new(UnitDimension.Temperature, 1, -273.15));
        foreach (var fahrenheit in (string[])["[degF]", "degF", "°F"])
        {
            ByName.Add(fahrenheit, new(UnitDimension.Temperature, 5 / 9.0, -160 / 9.0));
        }

        Add(UnitDimension.Voltage, 1, "mV");
        Add(UnitDimension.Voltage, 0.001, "uV");
        Add(UnitDimension.Voltage, 1_000, "V");

        // An ST deviation in millimetres is read on paper at the standard gain of 10 mm/mV.
        Add(UnitDimension.Voltage, 0.1, "mm");

        Add(UnitDimension.Resistance, 1, "Ohm");
        Add(UnitDimension.Resistance, 0.001, "mOhm");
        Add(UnitDimension.Resistance, 1_000, "kOhm");

        Add(UnitDimension.Volume, 1, "mL", "ml");
        Add(UnitDimension.Volume, 0.001, "uL", "ul");
        Add(UnitDimension.Volume, 1_000, "L", "l");

        Add(UnitDimension.VolumeFlow, 1, "mL/h", "ml/h");
        Add(UnitDimension.VolumeFlow, 60, "mL/min", "ml/min");
        Add(UnitDimension.VolumeFlow, 3_600, "mL/s", "ml/s");
        Add(UnitDimension.VolumeFlow, 1_000, "L/h", "l/h");
        Add(UnitDimension.VolumeFlow, 60_000, "L/min", "l/min");
        Add(UnitDimension.VolumeFlow, 3_600_000, "L/s", "l/s");

        Add(UnitDimension.Time, 1, "s");
        Add(UnitDimension.Time, 0.001, "ms");
        Add(UnitDimension.Time, 60, "min");
        Add(UnitDimension.Time, 3_600, "h");

        Add(UnitDimension.DoseRate, 1, "ug/kg/min");
        Add(UnitDimension.DoseRate, 0.001, "ng/kg/min");
        Add(UnitDimension.DoseRate, 1_000, "mg/kg/min");
        Add(UnitDimension.DoseRate, 1 / 60.0, "ug/kg/h");
        Add(UnitDimension.DoseRate, 1_000 / 60.0, "mg/kg/h");

        Add(UnitDimension.MassConcentration, 1, "mg/mL", "mg/ml", "g/L", "g/l");
        Add(UnitDimension.MassConcentration, 0.001, "ug/mL", "ug/ml", "mg/L", "mg/l");
        Add(UnitDimension.MassConcentration, 1_000, "g/mL", "g/ml");

        Add(UnitDimension.Compliance, 1, "mL/cm[H2O]", "ml/cm[H2O]", "mL/cmH2O");
        Add(UnitDimension.Compliance, 1_000, "L/cm[H2O]", "l/cm[H2O]");
        Add(UnitDimension.Compliance, 0.980665, "mL/mbar", "mL/hPa");

        BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How numbers in <paramref name="sent"/> (UCUM, UTF-8; empty is the usual unit) become numbers in the signal's usual unit.</summary>
    /// <returns>False if the unit is unknown or measures something else. A private signal has no usual unit: its numbers stay as sent.</returns>
    public static bool TryScale(Signal signal, ReadOnlySpan<byte> sent, out UnitScale scale)
    {
        scale = UnitScale.Same;
        if (sent.IsEmpty || !signal.IsStandard || Ascii.Equals(sent, signal.Unit))
        {
            return true;
        }

        // The index is a percentage by definition; monitors send that same number under "dimensionless" as well.
        if (signal.Code == PerfusionIndexCode && sent.SequenceEqual("1"u8))
        {
            return true;
        }

        Span<char> name = stackalloc char[MaxNameLength];
        if (sent.Length > MaxNameLength
            || Utf8.ToUtf16(sent, name, out _, out var length) != OperationStatus.Done
            || !BySpan.TryGetValue(name[..length], out var from)
            || !ByName.TryGetValue(signal.Unit, out var to)
            || from.Dimension != to.Dimension)
        {
            return false;
        }

        scale = new(from.Factor / to.Factor, (from.Shift - to.Shift) / to.Factor);
        return true;
    }

    private static void Add(UnitDimension dimension, double factor, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            ByName.Add(name, new(dimension, factor, 0));
        }
    }

    /// <param name="Dimension">What it measures.</param>
    /// <param name="Factor">base = factor × value + shift.</param>
    /// <param name="Shift">Only temperatures have one.</param>
    private readonly record struct Unit(UnitDimension Dimension, double Factor, double Shift);
}
