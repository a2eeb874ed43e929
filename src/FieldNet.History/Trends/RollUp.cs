using System.Runtime.InteropServices;
using FieldNet.History.Trends.Blocks;

namespace FieldNet.History.Trends;

/// <summary>What many values of a series come to.</summary>
/// <param name="StartUs">When their span begins.</param>
/// <param name="IsLate">At least one of them came late.</param>
internal readonly record struct RollUp(long StartUs, long Count, double Min, double Sum, double Max, bool IsLate)
{
    /// <summary>How many columns one series has in a block of roll-ups.</summary>
    public const int Figures = 4;

    public double Mean => Sum / Count;

    public RollUp With(in RollUp other) =>
        new(StartUs, Count + other.Count, Math.Min(Min, other.Min), Sum + other.Sum, Math.Max(Max, other.Max), IsLate | other.IsLate);

    public static RollUp Of(in TrendPoint point) => new(point.TimeUs, 1, point.Value, point.Value, point.Value, point.IsLate);

    /// <param name="points">In order of time.</param>
    public static List<RollUp> Of(List<TrendPoint> points, long bucketUs)
    {
        var rolled = new List<RollUp>();
        var scale = DecimalScale.Of(CollectionsMarshal.AsSpan(points.ConvertAll(point => point.Value)));
        for (var i = 0; i < points.Count;)
        {
            var (start, first) = (Resolution.Floor(points[i].TimeUs, bucketUs), i);
            var (min, max, sum, whole, late) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0L, false);
            for (; i < points.Count && points[i].TimeUs - start < bucketUs; i++)
            {
                var value = points[i].Value;
                (min, max, late) = (Math.Min(min, value), Math.Max(max, value), late | points[i].IsLate);
                sum += value;
                whole += scale < 0 ? 0 : DecimalScale.ToWhole(value, scale);
            }

            // Decimals are added as whole numbers: 36.6 + 36.7 is 73.3 then, which is right, and short on disk.
            rolled.Add(new RollUp(start, i - first, min, scale < 0 ? sum : DecimalScale.FromWhole(whole, scale), max, late));
        }

        return rolled;
    }

    /// <summary>The columns of a series' roll-ups in a block.</summary>
    public static IEnumerable<BlockColumn> ToColumns(int series, List<RollUp> rolled)
    {
        yield return Column(0, each => each.Count);
        yield return Column(1, each => each.Min);
        yield return Column(2, each => each.Sum);
        yield return Column(3, each => each.Max);

        BlockColumn Column(int figure, Func<RollUp, double> value) =>
            new((series * Figures) + figure, rolled.ConvertAll(each => new TrendPoint(each.StartUs, value(each), each.IsLate)));
    }

    /// <summary>Reads a series' roll-ups out of its columns.</summary>
    /// <param name="at">Place of the first of them.</param>
    public static void Read(List<BlockColumn> columns, int at, List<RollUp> into)
    {
        var (counts, least, sums, greatest) = (columns[at].Points, columns[at + 1].Points, columns[at + 2].Points, columns[at + 3].Points);
        for (var i = 0; i < counts.Count; i++)
        {
            into.Add(new RollUp(counts[i].TimeUs, (long)counts[i].Value, least[i].Value, sums[i].Value, greatest[i].Value, counts[i].IsLate));
        }
    }
}
