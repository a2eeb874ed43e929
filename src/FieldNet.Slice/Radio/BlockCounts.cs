namespace FieldNet.Slice.Radio;

/// <summary>Transport blocks of one terminal that arrived, and that did not. What the gNB does not say is null.</summary>
internal readonly record struct BlockCounts(long? DlGood, long? DlBad, long? UlGood, long? UlBad)
{
    public double? DlErrorShare => Share(DlGood, DlBad);

    public double? UlErrorShare => Share(UlGood, UlBad);

    public static BlockCounts operator +(BlockCounts a, BlockCounts b) =>
        new(Sum(a.DlGood, b.DlGood), Sum(a.DlBad, b.DlBad), Sum(a.UlGood, b.UlGood), Sum(a.UlBad, b.UlBad));

    /// <summary>Of two counts that may be unknown: the sum of those that are known.</summary>
    public static long? Sum(long? a, long? b) => a is null ? b : b is null ? a : a + b;

    private static double? Share(long? good, long? bad) => good + bad is { } all and > 0 ? Math.Round((double)bad!.Value / all, 4) : null;
}
