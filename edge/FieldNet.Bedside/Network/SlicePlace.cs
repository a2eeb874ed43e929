namespace FieldNet.Bedside.Network;

/// <summary>A slice.</summary>
/// <param name="Name">As faults name it: <c>clinical</c>.</param>
internal sealed record SlicePlace(string Name, uint Sst, string Sd)
{
    /// <summary><c>1-000001</c>.</summary>
    public string Id => $"{Sst}-{Sd}";
}
