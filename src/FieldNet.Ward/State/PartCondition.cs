namespace FieldNet.Ward.State;

/// <summary>How a part of the network does, as far as the 5G side itself says.</summary>
public enum PartCondition : byte
{
    /// <summary>No source speaks of it, or none lately.</summary>
    Unknown = 0,

    Good,

    /// <summary>It carries, but has no room left.</summary>
    Congested,

    /// <summary>Something is wrong there that may or may not be what is felt at the beds.</summary>
    Suspect,

    /// <summary>It does not carry anything.</summary>
    Down,
}
