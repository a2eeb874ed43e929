using FieldNet.History.Points;
using FieldNet.History.Trends;

namespace FieldNet.History.Tests.Fakes;

/// <summary>Hours of one bed with everything that goes wrong, fed to a keeper, and the plain model of what must come out.</summary>
internal static class RandomDay
{
    /// <summary>Hours with delays, outages that are backfilled, second copies, steps of the clock.</summary>
    public static List<SentVitals.LogRecordCopy> Messages(Random random, int hours)
    {
        var sent = new SentVitals();
        var messages = new List<SentVitals.LogRecordCopy>();
        for (double second = 0; second < hours * 3600; second += 5 + (random.NextDouble() / 100))
        {
            var value = random.Next(600, 1500) / 10.0;
            messages.Add(random.Next(30) switch
            {
                0 => sent.At(second - random.Next(7200), value, delay: 7200, historical: true),
                1 => sent.At(second - 3, value, delay: 3),
                2 when messages.Count > 5 => messages[^random.Next(1, 5)],
                _ => sent.At(second, value),
            });
            sent.ClockUs += random.Next(300) == 0 ? random.NextInt64(-1_000_000_000, 1_000_000_000) : 0;
        }

        return [.. messages.OrderBy(message => message.TimeUs).Select((message, at) => message with { Number = at + 1 })];
    }

    public static void Feed(TrendKeeper keeper, List<SentVitals.LogRecordCopy> messages, Random random, int until)
    {
        foreach (var message in messages.Skip((int)keeper.Through).Take(Math.Max(0, until - (int)keeper.Through)))
        {
            keeper.Take(message.Record);
            if (random.Next(20) == 0)
            {
                Assert.True(keeper.KeepAsync(message.Number, CancellationToken.None).AsTask().IsCompletedSuccessfully);
            }
        }
    }

    public static void Same(List<SentVitals.LogRecordCopy> messages, TrendKeeper keeper, TrendReader reader)
    {
        var (points, all) = (new NumericPoints(), new SeenPoints());
        messages.ForEach(message => points.Read(message.Record, all));
        var expected = all.Points.OrderBy(point => point.Seconds).DistinctBy(point => point.Seconds).ToList();

        var series = reader.SeriesOf("icu1/bed-01").Single().Series;
        var read = reader.Read(series, 0, long.MaxValue);
        Assert.Equal(
            expected.Select(point => (point.Seconds, point.Value, point.IsLate)),
            read.Select(point => ((point.TimeUs - SentVitals.StartUs) / 1e6, point.Value, point.IsLate)));

        // A whole number of minutes, so that the widths asked for are those of the roll-ups.
        var minutes = ((messages[^1].TimeUs - SentVitals.StartUs) / 60_000_000) + 250;
        var (from, to) = (SentVitals.StartUs - SentVitals.Us(9000), SentVitals.StartUs + ((minutes - 150) * 60_000_000));
        foreach (var (resolution, count) in (ReadOnlySpan<(Resolution, int)>)[(Resolution.TenSeconds, (int)minutes * 6), (Resolution.Minute, (int)minutes)])
        {
            var trend = reader.Read(new TrendQuery("icu1/bed-01", "mon1", "MDC_ECG_HEART_RATE", from, to, count))!;
            Assert.Equal(resolution, trend.Resolution);
            var first = from - (from % (resolution.Seconds * 1_000_000L));
            var naive = read.GroupBy(point => (point.TimeUs - first) / trend.BucketUs).ToList();
            Assert.Equal(
                naive.Select(each => (first + (each.Key * trend.BucketUs), (long)each.Count(), each.Min(point => point.Value), each.Max(point => point.Value), each.Any(point => point.IsLate))),
                trend.Buckets.Select(bucket => (bucket.TimeUs, bucket.Count, bucket.Min, bucket.Max, bucket.IsLate)));
            Assert.All(naive.Zip(trend.Buckets), each => Assert.Equal(each.First.Average(point => point.Value), each.Second.Mean, 9));
        }

        Assert.Equal(0, keeper.TooOld + reader.Damaged);
    }
}
