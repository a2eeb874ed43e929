namespace FieldNet.Telemetry.Signals;

/// <summary>The MDC signals that FieldNet knows, and the private ones that senders named.</summary>
/// <remarks>Threading: look-ups of standard signals from any thread; private ones are interned under a lock, bounded.</remarks>
public static class SignalTable
{
    /// <summary>Every standard signal.</summary>
    public static IReadOnlyList<Signal> All { get; } = [];

    /// <summary>By reference id (UTF-8); null if it is neither known nor a well-formed private name.</summary>
    public static Signal? Find(ReadOnlySpan<byte> referenceId) => null;

    /// <summary>By reference id; null if it is neither known nor a well-formed private name.</summary>
    public static Signal? Find(string referenceId) => null;

    /// <summary>By context-free code; null if unknown.</summary>
    public static Signal? Find(uint code) => null;
}
