namespace FieldNet.History.Trends;

/// <summary>One of the three forms in which numbers are kept.</summary>
/// <param name="Seconds">What one entry stands for; 0: every value. On disk.</param>
/// <param name="SpanSeconds">What one block of a device holds. Longer where entries are fewer, so that a long query reads few blocks.</param>
public sealed record Resolution(int Seconds, int SpanSeconds)
{
    public static readonly Resolution Full = new(0, 900);
    public static readonly Resolution TenSeconds = new(10, 3600);
    public static readonly Resolution Minute = new(60, 14_400);

    /// <summary>From fine to coarse.</summary>
    public static readonly IReadOnlyList<Resolution> All = [Full, TenSeconds, Minute];

    public static readonly IReadOnlyList<Resolution> RollUps = [TenSeconds, Minute];

    internal long Us => Seconds * 1_000_000L;

    internal long SpanUs => SpanSeconds * 1_000_000L;

    /// <summary>Start of the span that holds a time, microseconds.</summary>
    internal long SpanOf(long timeUs) => Floor(timeUs, SpanUs);

    /// <summary>The last multiple that is not after the time; also before 1970.</summary>
    internal static long Floor(long timeUs, long stepUs) => timeUs - (((timeUs % stepUs) + stepUs) % stepUs);
}
