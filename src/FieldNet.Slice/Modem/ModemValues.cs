using System.Globalization;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Slice.Modem;

/// <summary>Numbers as modems write them. What none can have measured, and their marks of "unknown" (<c>-</c>, <c>--</c>, -32768), is null.</summary>
internal static class ModemValues
{
    /// <summary>3GPP TS 38.133 section 10, with some room: test benches are nearer than any patient.</summary>
    public static double? Rsrp(string? text) => Within(text, -160, -20);

    public static double? Rsrq(string? text) => Within(text, -45, 25);

    public static double? Sinr(string? text) => Within(text, -25, 45);

    public static uint? Decimal(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static ulong? Hexadecimal(string? text) =>
        ulong.TryParse(text is ['0', 'x' or 'X', ..] ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>24 bits; all ones and 0 are no area.</summary>
    public static uint? Area(string? hexadecimal) => Hexadecimal(hexadecimal) is { } area and > 0 and < 0xFFFFFF ? (uint)area : null;

    /// <summary>36 bits.</summary>
    public static ulong? Cell(string? hexadecimal) => Hexadecimal(hexadecimal) is { } cell and > 0 and < 1UL << 36 ? cell : null;

    public static uint? CellId(uint? pci) => pci is <= 1007 ? pci : null;

    public static void SetSignal(LinkReport report, double? rsrp, double? rsrq, double? sinr)
    {
        if (rsrp is { } power)
        {
            report.RsrpDbm = power;
        }

        if (rsrq is { } quality)
        {
            report.RsrqDb = quality;
        }

        if (sinr is { } ratio)
        {
            report.SinrDb = ratio;
        }
    }

    private static double? Within(string? text, double lowest, double highest) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest ? value : null;
}
