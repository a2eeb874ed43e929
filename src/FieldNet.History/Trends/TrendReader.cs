using FieldNet.History.Points;
using FieldNet.History.Trends.Blocks;

namespace FieldNet.History.Trends;

/// <summary>Answers questions to the trends, while they are being kept.</summary>
/// <remarks>
/// Each answer is as of one moment: what is in blocks and what is still open together, nothing twice. Threading: any, several at a time.
/// Errors: a damaged block is passed over and counted; its time is a gap.
/// </remarks>
public sealed class TrendReader(TrendKeeper keeper, TrendRetention retention)
{
    private const long ShortestGapUs = 4_000_000;
    private const long LongestGapUs = 60_000_000;

    private readonly SeriesCatalog _catalog = keeper.Catalog;
    private long _damaged;

    /// <summary>Blocks that could not be read.</summary>
    public long Damaged => Volatile.Read(ref _damaged);

    public IReadOnlyList<SeriesSpan> AllSeries()
    {
        lock (_catalog.Gate)
        {
            return [.. _catalog.All.Select(kept => new SeriesSpan(kept.Series, kept.FirstUs, kept.LastUs))];
        }
    }

    /// <param name="bed"><c>ward/bed</c>, or <c>site/ward/bed</c>.</param>
    /// <returns>By device, then by signal.</returns>
    public IReadOnlyList<SeriesSpan> SeriesOf(string bed)
    {
        lock (_catalog.Gate)
        {
            return [.. Find(bed).OrderBy(kept => kept.Series.Device, StringComparer.Ordinal).ThenBy(kept => kept.Series.Signal.Id, StringComparer.Ordinal)
                .Select(kept => new SeriesSpan(kept.Series, kept.FirstUs, kept.LastUs))];
        }
    }

    /// <summary>Every value of a series between two times, in order: for export.</summary>
    /// <param name="series">From <see cref="SeriesOf"/>.</param>
    /// <param name="toUs">Not included.</param>
    public List<TrendPoint> Read(Series series, long fromUs, long toUs)
    {
        KeptSeries kept;
        lock (_catalog.Gate)
        {
            kept = _catalog.All.First(each => ReferenceEquals(each.Series, series));
        }

        using var look = Look(kept, fromUs, toUs);
        return Values(look, fromUs, toUs);
    }

    /// <returns>Null when nothing is kept of that signal at that bed.</returns>
    public Trend? Read(TrendQuery query)
    {
        KeptSeries? kept;
        lock (_catalog.Gate)
        {
            kept = Find(query.Bed).Where(each => each.Series.Signal.Id == query.Signal && (query.Device is null || each.Series.Device == query.Device)).MaxBy(each => each.LastUs);
        }

        if (kept is null)
        {
            return null;
        }

        var widthUs = Math.Max(1, (query.ToUs - query.FromUs + query.Points - 1) / query.Points);
        var resolution = Finest(widthUs, query.FromUs, kept);
        using var look = Look(kept, resolution.SpanOf(query.FromUs), query.ToUs);
        return resolution == Resolution.Full ? OfValues(look, query, widthUs) : OfRollUps(look, resolution, query);
    }

    /// <summary>The finest that does not read more than it shows, and that reaches back far enough.</summary>
    private Resolution Finest(long widthUs, long fromUs, KeptSeries kept)
    {
        var fits = Resolution.All.Last(resolution => resolution.Us <= widthUs);
        return Resolution.All.FirstOrDefault(resolution => resolution.Us >= fits.Us && Math.Max(fromUs, kept.FirstUs) >= retention.OldestUs(resolution, kept.LastUs))
            ?? Resolution.All[^1];
    }

    private Trend OfValues(HistoryLook look, TrendQuery query, long widthUs)
    {
        var values = Values(look, query.FromUs, query.ToUs);
        var gapUs = GapOf(values);
        if (values.Count <= query.Points)
        {
            return new(look.Series.Series, Resolution.Full, 0, gapUs, values.ConvertAll(value => Bucket(RollUp.Of(value))));
        }

        var buckets = Gather(values.ConvertAll(value => RollUp.Of(value)), query.FromUs, widthUs);
        return new(look.Series.Series, Resolution.Full, widthUs, Math.Max(gapUs, widthUs * 3 / 2), buckets);
    }

    private Trend OfRollUps(HistoryLook look, Resolution resolution, TrendQuery query)
    {
        var fromUs = Resolution.Floor(query.FromUs, resolution.Us);
        var rolled = new List<RollUp>();
        foreach (var block in look.Blocks(resolution, fromUs, query.ToUs))
        {
            if (Columns(block, look.Series.Id * RollUp.Figures, RollUp.Figures) is { Count: RollUp.Figures } columns)
            {
                RollUp.Read(columns, 0, rolled);
            }
        }

        // Where something is open the roll-ups are made anew, as the next cut will.
        foreach (var spanUs in look.Open.Select(point => Resolution.Full.SpanOf(point.TimeUs)).Distinct())
        {
            rolled.RemoveAll(each => each.StartUs >= spanUs && each.StartUs < spanUs + Resolution.Full.SpanUs);
            rolled.AddRange(RollUp.Of(Values(look, spanUs, spanUs + Resolution.Full.SpanUs), resolution.Us));
        }

        rolled.RemoveAll(each => each.StartUs < fromUs || each.StartUs >= query.ToUs);
        rolled.Sort((a, b) => a.StartUs.CompareTo(b.StartUs));

        // Whole entries to a bucket, so that each counts in one of them.
        var entries = (query.ToUs - fromUs + (resolution.Us * query.Points) - 1) / (resolution.Us * query.Points);
        var widthUs = resolution.Us * entries;
        return new(look.Series.Series, resolution, widthUs, widthUs * 3 / 2, Gather(rolled, fromUs, widthUs));
    }

    private List<TrendPoint> Values(HistoryLook look, long fromUs, long toUs)
    {
        var values = new List<TrendPoint>();
        foreach (var block in look.Blocks(Resolution.Full, fromUs, toUs))
        {
            Columns(block, look.Series.Id, 1).ForEach(column => values.AddRange(column.Points));
        }

        values.AddRange(look.Open);
        values.RemoveAll(value => value.TimeUs < fromUs || value.TimeUs >= toUs);
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i].TimeUs <= values[i - 1].TimeUs)
            {
                return [.. values.OrderBy(value => value.TimeUs).DistinctBy(value => value.TimeUs)];
            }
        }

        return values;
    }

    private List<BlockColumn> Columns(byte[] block, int first, int count)
    {
        try
        {
            return TrendBlock.Read(block, first, count);
        }
        catch (InvalidDataException)
        {
            Interlocked.Increment(ref _damaged);
            return [];
        }
    }

    private static List<TrendBucket> Gather(List<RollUp> rolled, long fromUs, long widthUs)
    {
        var buckets = new List<TrendBucket>();
        for (var i = 0; i < rolled.Count;)
        {
            var gathered = rolled[i] with { StartUs = fromUs + ((rolled[i].StartUs - fromUs) / widthUs * widthUs) };
            for (i++; i < rolled.Count && rolled[i].StartUs - gathered.StartUs < widthUs; i++)
            {
                gathered = gathered.With(rolled[i]);
            }

            buckets.Add(Bucket(gathered));
        }

        return buckets;
    }

    private static TrendBucket Bucket(in RollUp of) => new(of.StartUs, of.Count, of.Min, of.Mean, of.Max, of.IsLate);

    /// <summary>Three times the usual distance of two values, within reason: a cuff's pressures are no line.</summary>
    private static long GapOf(List<TrendPoint> values)
    {
        var steps = new long[Math.Max(0, values.Count - 1)];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = values[i + 1].TimeUs - values[i].TimeUs;
        }

        Array.Sort(steps);
        return steps.Length == 0 ? ShortestGapUs : Math.Clamp(3 * steps[steps.Length / 2], ShortestGapUs, LongestGapUs);
    }

    private HistoryLook Look(KeptSeries kept, long fromUs, long toUs)
    {
        var connection = HistoryFile.OpenToRead(keeper.Path);
        lock (_catalog.Gate)
        {
            return new HistoryLook(connection, kept, fromUs, toUs);
        }
    }

    private IEnumerable<KeptSeries> Find(string bed) => _catalog.All.Where(kept => IsAt(kept.Series, bed));

    private static bool IsAt(Series series, string bed)
    {
        // From the end: ward/bed, with or without the site before it.
        var rest = bed.AsSpan();
        return Ends(ref rest, series.Bed) && Ends(ref rest, series.Ward) && (rest.IsEmpty || (Ends(ref rest, series.Site) && rest.IsEmpty));
    }

    private static bool Ends(ref ReadOnlySpan<char> rest, string name)
    {
        if (!rest.EndsWith(name, StringComparison.Ordinal) || (rest.Length > name.Length && rest[^(name.Length + 1)] != '/'))
        {
            return false;
        }

        rest = rest[..Math.Max(0, rest.Length - name.Length - 1)];
        return true;
    }
}
