namespace FieldNet.Slice;

/// <summary>What one report holds at most, so that no source can fill the log. What is over it is left out and counted in the report.</summary>
internal static class ReportLimits
{
    public const int Cells = 32;

    public const int RadioUes = 128;

    public const int RadioEvents = 64;

    /// <summary>Of subscribers, and of sessions.</summary>
    public const int Subscribers = 256;

    public const int Gnbs = 64;

    public const int Measures = 64;

    /// <summary>The first ones, and how many are left out.</summary>
    public static (IReadOnlyList<T> Kept, int LeftOut) Keep<T>(IReadOnlyCollection<T> all, int most) =>
        all.Count <= most ? ([.. all], 0) : ([.. all.Take(most)], all.Count - most);
}
