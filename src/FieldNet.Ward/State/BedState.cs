using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>One bed, since its first message.</summary>
public sealed class BedState
{
    public int Index { get; set; }

    public string Site { get; set; } = "";

    public string Ward { get; set; } = "";

    public string Bed { get; set; } = "";

    /// <summary>Indices of its devices.</summary>
    public List<int> Devices { get; set; } = [];

    public long HeardUs { get; set; }

    /// <summary>The record that changed what the tile shows.</summary>
    public long Version { get; set; }

    public BedCondition State { get; set; }

    /// <summary>Cause of the incident that touches it, or empty.</summary>
    public string Cause { get; set; } = "";

    /// <summary>The page's and the events' name for it: <c>ward/bed</c>, with the site before it if that is not the unit's own.</summary>
    public string Key { get; set; } = "";

    /// <summary><c>_ward</c> is where gateways stand; it has no tile.</summary>
    public bool HasTile => !Bed.StartsWith('_');
}
