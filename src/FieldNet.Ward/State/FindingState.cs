using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>Something that a detector found and that an incident must explain.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint.</remarks>
public sealed class FindingState
{
    /// <summary>As it began: a copy.</summary>
    public required Episode Episode { get; set; }

    /// <summary>Where it was seen, and which one: an index of <see cref="WardState.Devices"/> up to a gateway, of cells or slices, else 0.</summary>
    public FaultNode Node { get; set; }

    public int Index { get; set; }

    /// <summary>The detector itself knows the root; null when the tree must say.</summary>
    public FaultNode? Cause { get; set; }

    /// <summary>Log time at which it was over; 0 while it stands.</summary>
    public long EndUs { get; set; }

    /// <summary>The incident that explains it; empty before one does.</summary>
    public string Incident { get; set; } = "";
}
