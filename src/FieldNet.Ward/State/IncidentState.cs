using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>One fault, named at its root, and what it explains.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint.</remarks>
public sealed class IncidentState
{
    public required Episode Episode { get; set; }

    public FaultNode Cause { get; set; }

    /// <summary>The place whose whole subtree it may explain, and which one.</summary>
    public FaultNode Place { get; set; }

    public int Index { get; set; }

    /// <summary><c>ward/bed</c>, in order.</summary>
    public List<string> Beds { get; set; } = [];

    /// <summary>Ids of the findings that it explains, oldest first; the first <see cref="Rules.IncidentRule.MostChildren"/> of <see cref="ChildCount"/>.</summary>
    public List<string> Children { get; set; } = [];

    public int ChildCount { get; set; }

    /// <summary>Findings of it that stand.</summary>
    public int StandingCount { get; set; }

    /// <summary>Findings joined it that no event has told of yet.</summary>
    public bool HasNews { get; set; }

    /// <summary>It ends when somebody says so, not with its findings.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Log time at which it was over; 0 while it lasts.</summary>
    public long EndUs { get; set; }
}
