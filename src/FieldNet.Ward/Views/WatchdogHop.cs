namespace FieldNet.Ward.Views;

/// <summary>One hop of the alarm path: <c>endpoint</c>, <c>committed</c>, <c>processor</c>, <c>page</c>.</summary>
public sealed record WatchdogHop(string Name, double? Ms);
