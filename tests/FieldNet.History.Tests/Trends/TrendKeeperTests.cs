using FieldNet.History.Tests.Fakes;
using FieldNet.History.Trends;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Tests.Trends;

public sealed class TrendKeeperTests : IDisposable
{
    private const string HeartRate = "MDC_ECG_HEART_RATE";
    private const string Bed = "icu1/bed-01";

    private readonly HistoryFolder _folder = new();
    private readonly SentVitals _sent = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhateverCameAndWheneverItDied_IsWhatWasSent() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var messages = RandomDay.Messages(random, hours: 3);
        using var folder = new HistoryFolder();

        // Each life ends without a word, and the next one reads on from the mark.
        for (var lives = random.Next(1, 5); lives > 0; lives--)
        {
            var dying = folder.Open();
            RandomDay.Feed(dying, messages, random, until: lives == 1 ? messages.Count : random.Next(messages.Count));
            if (lives == 1)
            {
                RandomDay.Same(messages, dying, folder.Reader(dying));
            }
        }

        using var keeper = folder.Open();
        RandomDay.Feed(keeper, messages, random, messages.Count);
        RandomDay.Same(messages, keeper, folder.Reader(keeper));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public async Task KeepAsync_WithinASpan_WritesNothing()
    {
        using var keeper = _folder.Open();
        for (var second = 20; second < 620; second++)
        {
            keeper.Take(_sent.At(second, 70).Record);
            await keeper.KeepAsync(_sent.Number, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, keeper.Through);
        Assert.Equal(600, Values(keeper).Count);
    }

    [Fact]
    public async Task KeepAsync_PastASpan_MovesTheMarkWithTheBlocks()
    {
        using var keeper = _folder.Open();
        await KeepAsync(keeper, seconds: 1000);

        Assert.True(keeper.Through > 800);
        Assert.Equal(1000, Values(keeper).Count);
    }

    [Fact]
    public void Dispose_OfAnOrderlyEnd_KeepsAll()
    {
        using (var keeper = _folder.Open())
        {
            keeper.Take(_sent.At(0, 70).Record);
            keeper.Take(_sent.At(1, 71).Record);
        }

        using var again = _folder.Open();

        Assert.Equal(2, again.Through);
        Assert.Equal([70, 71], Values(again).Select(point => point.Value));
    }

    [Fact]
    public async Task Read_OfABackfilledOutage_IsWholeAndLateThere()
    {
        using var keeper = _folder.Open();
        await KeepAsync(keeper, 1200);
        var gapFrom = _sent.Number;
        for (var second = 1200; second < 1800; second++)
        {
            keeper.Take(_sent.At(second, 70, delay: 3000 - second, historical: true).Record);
        }

        await KeepAsync(keeper, 1200, from: 3000);

        var trend = Trend(keeper, 0, 4200, points: 70)!;
        Assert.Equal(Resolution.Minute, trend.Resolution);
        Assert.Equal(20 + 10 + 20, trend.Buckets.Count(bucket => bucket.Count > 0), 1.0);
        Assert.Equal(600, trend.Buckets.Where(bucket => bucket.IsLate).Sum(bucket => bucket.Count), 60.0);
        Assert.DoesNotContain(trend.Buckets, bucket => bucket.TimeUs > SentVitals.StartUs + SentVitals.Us(1860) && bucket.TimeUs < SentVitals.StartUs + SentVitals.Us(2940));
        Assert.True(gapFrom < keeper.Through);
    }

    [Fact]
    public async Task Read_ThroughADamagedBlock_HasAGapThereAndGoesOn()
    {
        using var keeper = _folder.Open();
        await KeepAsync(keeper, 4000);
        using (var connection = HistoryFile.OpenToWrite(_folder.Path))
        {
            Execute(connection, "UPDATE block SET data = zeroblob(50) WHERE resolution = 0 AND start = (SELECT MIN(start) + 900 FROM block WHERE resolution = 0)");
        }

        var reader = _folder.Reader(keeper);
        var values = reader.Read(reader.SeriesOf(Bed).Single().Series, 0, long.MaxValue);

        Assert.Equal(4000 - 900, values.Count, 2.0);
        Assert.Equal(1, reader.Damaged);
    }

    [Fact]
    public async Task Keep_BeyondTheRetention_LeavesTheCoarserForms()
    {
        using var folder = new HistoryFolder { Retention = new() { Full = TimeSpan.FromHours(1), TenSeconds = TimeSpan.FromHours(4) } };
        using var keeper = folder.Open();
        await KeepAsync(keeper, 6 * 3600, step: 10);

        var (start, series) = (SentVitals.StartUs, folder.Reader(keeper).SeriesOf(Bed).Single().Series);
        Assert.InRange(folder.Reader(keeper).Read(series, 0, long.MaxValue).Count, 360, 500);
        Assert.Equal(Resolution.Minute, folder.Reader(keeper).Read(new TrendQuery(Bed, null, HeartRate, start, start + SentVitals.Us(600), 1000))!.Resolution);
        Assert.Equal(Resolution.TenSeconds, folder.Reader(keeper).Read(new TrendQuery(Bed, null, HeartRate, start + SentVitals.Us(4 * 3600), start + SentVitals.Us(4.1 * 3600), 1000))!.Resolution);
        Assert.Equal(2160, folder.Reader(keeper).Read(new TrendQuery(Bed, null, HeartRate, start, start + SentVitals.Us(6 * 3600), 1000))!.Buckets.Sum(bucket => bucket.Count));

        keeper.Take(_sent.At(60, 70, delay: 6 * 3600, historical: true).Record);
        await KeepAsync(keeper, 1000, from: 6 * 3600);
        Assert.Equal(1, keeper.TooOld);
    }

    [Fact]
    public async Task Read_OfMoreThanAsked_IsAtMostAsManyAndMissesNone()
    {
        using var keeper = _folder.Open();
        await KeepAsync(keeper, 20_000);
        foreach (var (from, seconds) in (ReadOnlySpan<(double, double)>)[(0.5, 100), (3, 1500), (17, 9000), (1, 19_000), (-50_000, 100_000)])
        {
            foreach (var points in (ReadOnlySpan<int>)[1, 2, 99, 1000])
            {
                var trend = Trend(keeper, from, from + seconds, points)!;

                Assert.InRange(trend.Buckets.Count, 1, points);
                var inside = Values(keeper).Count(point => point.TimeUs >= SentVitals.StartUs + SentVitals.Us(from) && point.TimeUs < SentVitals.StartUs + SentVitals.Us(from + seconds));
                Assert.Equal(inside, trend.Buckets.Sum(bucket => bucket.Count), trend.Resolution.Seconds * 2.0);
                Assert.Equal(trend.Buckets.Select(bucket => bucket.TimeUs).Distinct().Order(), trend.Buckets.Select(bucket => bucket.TimeUs));
            }
        }
    }

    [Theory]
    [InlineData("icu1/bed-01", true)]
    [InlineData("chu/icu1/bed-01", true)]
    [InlineData("other/icu1/bed-01", false)]
    [InlineData("u1/bed-01", false)]
    [InlineData("bed-01", false)]
    [InlineData("icu1/bed-0", false)]
    public void SeriesOf_ABed_AreThoseOfThatName(string bed, bool known)
    {
        using var keeper = _folder.Open();
        keeper.Take(_sent.At(0, 70).Record);

        Assert.Equal(known ? 1 : 0, _folder.Reader(keeper).SeriesOf(bed).Count);
    }

    [Fact]
    public void Open_OfANewerVersion_SaysSo()
    {
        using (var connection = HistoryFile.OpenToWrite(_folder.Path))
        {
            Execute(connection, "PRAGMA user_version = 9");
        }

        Assert.Throws<InvalidDataException>(_folder.Open);
    }

    [Fact]
    public void Open_OfWhatIsNoHistory_SaysSo()
    {
        File.WriteAllText(_folder.Path, new string('x', 10_000));

        Assert.Throws<SqliteException>(_folder.Open);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task KeepAsync(TrendKeeper keeper, int seconds, int from = 0, int step = 1)
    {
        for (var second = from; second < from + seconds; second += step)
        {
            keeper.Take(_sent.At(second, 60 + (second % 40)).Record);
            await keeper.KeepAsync(_sent.Number, TestContext.Current.CancellationToken);
        }
    }

    private List<TrendPoint> Values(TrendKeeper keeper)
    {
        var reader = _folder.Reader(keeper);
        return reader.Read(reader.SeriesOf(Bed).Single().Series, 0, long.MaxValue);
    }

    private Trend? Trend(TrendKeeper keeper, double from, double to, int points) => _folder.Reader(keeper).Read(
        new TrendQuery(Bed, null, HeartRate, SentVitals.StartUs + SentVitals.Us(from), SentVitals.StartUs + SentVitals.Us(to), points));
}
