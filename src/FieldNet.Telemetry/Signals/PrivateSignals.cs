using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FieldNet.Telemetry.Signals;

/// <summary>The signals that senders named themselves, interned.</summary>
/// <remarks>Threading: any thread, under a lock. Bounded: past its capacity a new name is not taken in; those already in are still found.</remarks>
internal sealed class PrivateSignals
{
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Signal> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Signal>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public PrivateSignals(int capacity)
    {
        _capacity = capacity;
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A sender's own name: <c>[A-Z][A-Z0-9_]{2,63}</c>.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> name)
    {
        if (name.Length is < 3 or > SignalTable.MaxNameLength || !char.IsAsciiLetterUpper(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one object for a well-formed name; false when there is no room for a new one.</summary>
    public bool TryIntern(ReadOnlySpan<char> name, uint code, [NotNullWhen(true)] out Signal? signal)
    {
        lock (_gate)
        {
            if (_bySpan.TryGetValue(name, out signal))
            {
                return true;
            }

            if (_byName.Count >= _capacity)
            {
                return false;
            }

            var id = name.ToString();
            _byName[id] = signal = new Signal
            {
                Id = id,
                Code = code,
                Kind = SignalKind.Unknown,
                Unit = "",
                LabelEn = id,
                LabelFr = id,
                IsStandard = false,
                Decimals = 2,
            };
            return true;
        }
    }

    /// <summary>A signal of which only a code came that the table does not know: named after the code.</summary>
    public bool TryIntern(uint code, [NotNullWhen(true)] out Signal? signal)
    {
        Span<char> name = stackalloc char[16];
        name.TryWrite(CultureInfo.InvariantCulture, $"CODE_{code}", out var length);
        return TryIntern(name[..length], code, out signal);
    }
}
