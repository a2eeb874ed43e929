namespace FieldNet.Ward.Views;

/// <summary>State of a bed, a device or a value, worst last. Public: <c>data-state</c> of the page, in lower case.</summary>
public enum BedCondition : byte
{
    Live = 0,
    Late,
    Stale,
    Lost,
    Setup,
    Standby,
    Empty,
}
