using System.Buffers;
using System.Text;
using System.Text.Unicode;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Units;

/// <summary>Finds units by their spelling and converts between those of one dimension.</summary>
/// <remarks>Threading: any thread.</remarks>
internal static class UnitTable
{
    private const int MaxNameLength = 32;
    private const uint PerfusionIndexCode = 150448;

    private static readonly Dictionary<string, Unit> ByName = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> BySpan;

    static UnitTable()
    {
        foreach (var unit in KnownUnits.Rows)
        {
            foreach (var name in unit.Names)
            {
                ByName.Add(name, unit);
            }
        }

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
}
