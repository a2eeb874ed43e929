using FieldNet.Telemetry.Network;

namespace FieldNet.Ward.State;

/// <summary>One source of the 5G side (a gNB, a core function) and how it does.</summary>
public sealed class SourceState
{
    public string Name { get; set; } = "";

    public NetworkSourceKind Kind { get; set; }

    /// <summary>Its last report was an answer.</summary>
    public bool Reached { get; set; }

    /// <summary>Log time of its last report; and since when <see cref="Reached"/> is as it is.</summary>
    public long ReportedUs { get; set; }

    public long SinceUs { get; set; }

    /// <summary>Log time of its last answer; 0 never.</summary>
    public long AnsweredUs { get; set; }

    /// <summary>Why it was not reached; empty when it was.</summary>
    public string Error { get; set; } = "";

    /// <summary>The newest answer: what the core and the radio say of themselves.</summary>
    public NetworkReport? Newest { get; set; }
}
