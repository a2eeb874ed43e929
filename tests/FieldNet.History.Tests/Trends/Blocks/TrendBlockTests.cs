using FieldNet.History.Trends;
using FieldNet.History.Trends.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace FieldNet.History.Tests.Trends.Blocks;

/// <summary>What goes into a block comes out of it, bit by bit. FsCheck prints the seed that fails.</summary>
public sealed class TrendBlockTests
{
    private static readonly double[] Odd =
    [
        0, -0.0, 1, -1, 36.6, 0.1, 0.1 + 0.2, 1e-9, 1e15, 9_007_199_254_740_993, double.MaxValue, double.MinValue, double.Epsilon,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, Math.PI,
    ];

    [Fact]
    public void Read_OfAnything_IsWhatWasWritten() => ForRandomBlocks(random =>
    {
        var columns = Enumerable.Range(0, random.Next(6)).Select(each => new BlockColumn((each * 3) + random.Next(3), RandomPoints(random, AnyValue))).ToList();

        var block = TrendBlock.Write(columns);

        Same(columns, TrendBlock.Read(block));
    });

    [Fact]
    public void Read_OfSomeColumns_IsThoseAlone() => ForRandomBlocks(random =>
    {
        var columns = Enumerable.Range(0, 8).Select(each => new BlockColumn(each, RandomPoints(random, Decimal))).ToList();
        var (first, count) = (random.Next(8), random.Next(10));

        var read = TrendBlock.Read(TrendBlock.Write(columns), first, count);

        Same([.. columns.Where(column => column.Id >= first && column.Id < first + count)], read);
    });

    [Fact]
    public void Read_OfADamagedBlock_SaysSo() => ForRandomBlocks(random =>
    {
        var block = TrendBlock.Write([new BlockColumn(1, RandomPoints(random, Decimal))]);
        block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));

        Assert.Throws<InvalidDataException>(() => TrendBlock.Read(block));
    });

    [Fact]
    public void Read_OfACutBlock_SaysSo() => ForRandomBlocks(random =>
    {
        var block = TrendBlock.Write([new BlockColumn(1, RandomPoints(random, Decimal))]);

        Assert.Throws<InvalidDataException>(() => TrendBlock.Read(block.AsSpan(0, random.Next(block.Length))));
    });

    [Fact]
    public void Write_OfAQuarterHourOfAMonitor_TakesUnderABytePerPoint()
    {
        var random = new Random(1);
        var columns = Enumerable.Range(0, 10).Select(signal => new BlockColumn(signal, Steady(new Random(5), random, 60 + (5 * signal)))).ToList();

        var block = TrendBlock.Write(columns);

        Assert.InRange(block.Length / (double)columns.Sum(column => column.Points.Count), 0, 0.8);
    }

    /// <summary>A number a second that walks; all at the same, jittering times.</summary>
    private static List<TrendPoint> Steady(Random times, Random values, double value)
    {
        var points = new List<TrendPoint>();
        for (var i = 0; i < 880; i++)
        {
            value += values.Next(10) == 0 ? values.Next(3) - 1 : 0;
            points.Add(new TrendPoint((i * 1_024_000L) + times.Next(500), value, false));
        }

        return points;
    }

    private static void Same(List<BlockColumn> expected, List<BlockColumn> read)
    {
        Assert.Equal(expected.Select(column => column.Id), read.Select(column => column.Id));
        for (var i = 0; i < expected.Count; i++)
        {
            Same(expected[i].Points, read[i].Points);
        }
    }

    private static void Same(List<TrendPoint> expected, List<TrendPoint> read) => Assert.Equal(
        expected.Select(point => (point.TimeUs, BitConverter.DoubleToInt64Bits(point.Value), point.IsLate)),
        read.Select(point => (point.TimeUs, BitConverter.DoubleToInt64Bits(point.Value), point.IsLate)));

    private static List<TrendPoint> RandomPoints(Random random, Func<Random, double> value)
    {
        var times = new SortedSet<long>();
        for (var i = random.Next(200); i > 0; i--)
        {
            // Few times, so that columns share them; now and then any at all.
            times.Add(random.Next(20) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : 1_795_000_000_000_000 + (random.Next(400) * 1_000_000L));
        }

        return [.. times.Select(time => new TrendPoint(time, value(random), random.Next(10) == 0))];
    }

    private static double AnyValue(Random random) => random.Next(3) switch
    {
        0 => Odd[random.Next(Odd.Length)],
        1 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        _ => Decimal(random),
    };

    private static double Decimal(Random random) => random.Next(-5000, 20000) / Math.Pow(10, random.Next(3));

    private static void ForRandomBlocks(Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
