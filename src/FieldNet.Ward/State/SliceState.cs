namespace FieldNet.Ward.State;

/// <summary>One slice.</summary>
public sealed class SliceState
{
    /// <summary><c>SST</c> or <c>SST-SD</c>: the name in events' subjects.</summary>
    public string Name { get; set; } = "";
}
