using System.Text;
using FieldNet.Telemetry.Signals.Standard;

namespace FieldNet.Telemetry.Signals;

/// <summary>The MDC signals that FieldNet knows, and the private ones that senders named.</summary>
/// <remarks>Threading: look-ups of standard signals from any thread; private ones are interned under a lock, bounded.</remarks>
public static class SignalTable
{
    /// <summary>Most private signals of one process; a new name beyond them is <see cref="Refusal.TooManyTopics"/>.</summary>
    public const int MaxPrivate = 4096;

    internal const int MaxNameLength = 64;

    private static readonly Dictionary<uint, Signal> ByCode = [];
    private static readonly Dictionary<string, Signal> ByName = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Signal>.AlternateLookup<ReadOnlySpan<char>> BySpan;
    private static readonly PrivateSignals Privates = new(MaxPrivate);

    static SignalTable()
    {
        All = [.. MonitorNumerics.Signals, .. Waveforms.Signals, .. VentilatorNumerics.Signals, .. PumpNumerics.Signals, .. DeviceFacts.Signals];
        foreach (var signal in All)
        {
            ByCode.Add(signal.Code, signal);
            ByName.Add(signal.Id, signal);
        }

        foreach (var other in OtherNames.Names)
        {
            var signal = ByCode[other.Meant];
            ByName.Add(other.Id, signal);
            ByCode.TryAdd(other.Code, signal);
        }

        BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Every standard signal.</summary>
    public static IReadOnlyList<Signal> All { get; }

    /// <summary>Stands for a signal that could not be told; never live.</summary>
    internal static Signal Nameless { get; } = new()
    {
        Id = "",
        Code = 0,
        Kind = SignalKind.Unknown,
        Unit = "",
        LabelEn = "",
        LabelFr = "",
        IsStandard = false,
    };

    /// <summary>By reference id (UTF-8); null if it is neither known nor a well-formed private name, or if there are too many of those.</summary>
    public static Signal? Find(ReadOnlySpan<byte> referenceId) => Resolve(referenceId, out var signal) == Refusal.None ? signal : null;

    /// <summary>By reference id; null as above.</summary>
    public static Signal? Find(string referenceId) => Resolve(referenceId, out var signal) == Refusal.None ? signal : null;

    /// <summary>By context-free code; null if unknown.</summary>
    public static Signal? Find(uint code) => ByCode.GetValueOrDefault(code);

    /// <summary>By reference id (UTF-8), private names interned.</summary>
    internal static Refusal Resolve(ReadOnlySpan<byte> referenceId, out Signal signal)
    {
        Span<char> name = stackalloc char[MaxNameLength];
        if (referenceId.Length <= MaxNameLength && Ascii.ToUtf16(referenceId, name, out var length) == System.Buffers.OperationStatus.Done)
        {
            return Resolve(name[..length], out signal);
        }

        signal = Nameless;
        return Refusal.SignalMissing;
    }

    /// <summary>By what a message names its signal with: a reference id, a code, or both, which must then agree.</summary>
    /// <remarks>A refused signal is the best guess at what was meant, so that its tile can show that there is no number.</remarks>
    internal static Refusal Identify(ReadOnlySpan<byte> referenceId, uint code, out Signal signal)
    {
        var coded = code == 0 ? null : Find(code);
        if (!referenceId.IsEmpty)
        {
            var refusal = Resolve(referenceId, out signal);
            if (refusal != Refusal.None || ReferenceEquals(signal, coded))
            {
                return refusal;
            }

            // A private name may carry a private code; a standard one has its own code and no other.
            return coded is not null || (signal.IsStandard && code != 0) ? Refusal.SignalInconsistent : Refusal.None;
        }

        signal = coded ?? Nameless;
        if (coded is not null)
        {
            return Refusal.None;
        }

        if (code == 0)
        {
            return Refusal.SignalMissing;
        }

        if (!Privates.TryIntern(code, out var named))
        {
            return Refusal.TooManyTopics;
        }

        signal = named;
        return Refusal.None;
    }

    /// <summary>The reference id under which a standard signal is in the table; any other name as it came; empty for an unknown code.</summary>
    internal static string StandardId(ReadOnlySpan<byte> referenceId, uint code)
    {
        if (referenceId.IsEmpty)
        {
            return Find(code)?.Id ?? "";
        }

        var name = Encoding.UTF8.GetString(referenceId);
        return ByName.TryGetValue(name, out var signal) ? signal.Id : name;
    }

    private static Refusal Resolve(ReadOnlySpan<char> referenceId, out Signal signal)
    {
        if (BySpan.TryGetValue(referenceId, out var known))
        {
            signal = known;
            return Refusal.None;
        }

        signal = Nameless;
        if (!PrivateSignals.IsWellFormed(referenceId))
        {
            return Refusal.SignalMissing;
        }

        if (!Privates.TryIntern(referenceId, 0, out var named))
        {
            return Refusal.TooManyTopics;
        }

        signal = named;
        return Refusal.None;
    }
}
