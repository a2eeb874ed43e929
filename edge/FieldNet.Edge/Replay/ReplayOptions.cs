using FieldNet.Ward;

namespace FieldNet.Edge.Replay;

/// <summary>What to replay, and how.</summary>
internal sealed record ReplayOptions
{
    /// <summary>In order: data folders, or one packet capture, or one WFDB record.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A multiple of real time; infinite for as fast as it goes.</summary>
    public double Speed { get; init; } = double.PositiveInfinity;

    /// <summary>Only events from this log time on are written; what is before is computed all the same. UTC microseconds.</summary>
    public long FromUs { get; init; } = long.MinValue;

    /// <summary>The replay ends here: deadlines up to then still fire.</summary>
    public long ToUs { get; init; } = long.MaxValue;

    /// <summary><c>bed</c>, <c>ward/bed</c> or <c>site/ward/bed</c>; null for all.</summary>
    public string? Bed { get; init; }

    /// <summary>Other limits than those of the live run; null for its own, which are in the capture.</summary>
    public WardOptions? Ward { get; init; }
}
