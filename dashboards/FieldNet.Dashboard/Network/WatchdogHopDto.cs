namespace FieldNet.Dashboard.Network;

/// <summary>One hop of the alarm path.</summary>
/// <param name="Name"><c>endpoint committed processor page</c>.</param>
/// <param name="Ms">How long after it was sent; null: not seen there.</param>
public sealed record WatchdogHopDto(string Name, double? Ms);
