using FieldNet.History.Trends.Blocks;
using Microsoft.Data.Sqlite;

namespace FieldNet.History.Trends;

/// <summary>Puts open points into blocks: merged with what is there, the roll-ups of each span made anew.</summary>
/// <remarks>A point that is there already, or another one of its series at the same time, changes nothing. Within the caller's transaction.</remarks>
internal sealed class BlockCut(SqliteConnection connection, SeriesCatalog catalog) : IDisposable
{
    private readonly BlockTable _blocks = new(connection);
    private long _kept;

    public long Kept => Volatile.Read(ref _kept);

    /// <returns>The series whose open points are in blocks now, once the transaction is committed.</returns>
    public List<KeptSeries> Write(TrendRetention retention, long nowUs)
    {
        var touched = catalog.All.Where(series => series.Open.Count > 0).ToList();
        foreach (var device in touched.GroupBy(series => series.Device))
        {
            WriteDevice(device.Key, device);
            foreach (var resolution in Resolution.All)
            {
                _blocks.Trim(resolution, device.Key, retention.OldestUs(resolution, nowUs));
            }
        }

        catalog.Store(connection, touched);
        return touched;
    }

    public void Dispose() => _blocks.Dispose();

    private void WriteDevice(int device, IEnumerable<KeptSeries> touched)
    {
        var spans = new SortedDictionary<long, Dictionary<int, List<TrendPoint>>>();
        foreach (var series in touched)
        {
            foreach (var point in series.Open)
            {
                var start = Resolution.Full.SpanOf(point.TimeUs);
                var span = spans.TryGetValue(start, out var known) ? known : spans[start] = [];
                (span.TryGetValue(series.Id, out var points) ? points : span[series.Id] = []).Add(point);
            }
        }

        var changed = new Dictionary<long, List<BlockColumn>>();
        foreach (var (start, added) in spans)
        {
            var stored = _blocks.Read(Resolution.Full, device, start);
            var columns = Merge(stored, added);
            changed.Add(start, columns);
            _blocks.Write(Resolution.Full, device, start, TrendBlock.Write(columns));
        }

        foreach (var resolution in Resolution.RollUps)
        {
            foreach (var span in changed.GroupBy(each => resolution.SpanOf(each.Key)))
            {
                WriteRollUps(resolution, device, span.Key, span);
            }
        }
    }

    /// <summary>What is stored stays; what is new goes between.</summary>
    private List<BlockColumn> Merge(byte[]? stored, Dictionary<int, List<TrendPoint>> added)
    {
        var columns = new SortedDictionary<int, List<TrendPoint>>();
        foreach (var column in Readable(stored))
        {
            columns.Add(column.Id, column.Points);
        }

        foreach (var (series, points) in added)
        {
            var before = columns.TryGetValue(series, out var there) ? there.Count : 0;
            var all = there is null ? points : [.. there, .. points];
            var merged = InOrder(all);
            columns[series] = merged;
            Interlocked.Add(ref _kept, merged.Count - before);
        }

        return [.. columns.Select(column => new BlockColumn(column.Key, column.Value))];
    }

    /// <summary>By time; of two at one time the first.</summary>
    private static List<TrendPoint> InOrder(List<TrendPoint> points)
    {
        var sorted = true;
        for (var i = 1; i < points.Count && sorted; i++)
        {
            sorted = points[i].TimeUs > points[i - 1].TimeUs;
        }

        // OrderBy keeps the order of equals.
        return sorted ? points : [.. points.OrderBy(point => point.TimeUs).DistinctBy(point => point.TimeUs)];
    }

    private void WriteRollUps(Resolution resolution, int device, long start, IEnumerable<KeyValuePair<long, List<BlockColumn>>> changed)
    {
        var series = new SortedDictionary<int, List<RollUp>>();
        var stored = _blocks.Read(resolution, device, start);
        var columns = Readable(stored);
        for (var at = 0; at + RollUp.Figures <= columns.Count; at += RollUp.Figures)
        {
            var rolled = new List<RollUp>();
            RollUp.Read(columns, at, rolled);
            series.Add(columns[at].Id / RollUp.Figures, rolled);
        }

        foreach (var (spanUs, full) in changed)
        {
            foreach (var column in full)
            {
                var rolled = series.TryGetValue(column.Id, out var there) ? there : series[column.Id] = [];
                rolled.RemoveAll(each => each.StartUs >= spanUs && each.StartUs < spanUs + Resolution.Full.SpanUs);
                rolled.InsertRange(rolled.FindIndex(each => each.StartUs >= spanUs) is >= 0 and var at ? at : rolled.Count, RollUp.Of(column.Points, resolution.Us));
            }
        }

        _blocks.Write(resolution, device, start, TrendBlock.Write([.. series.SelectMany(each => RollUp.ToColumns(each.Key, each.Value))]));
    }

    /// <summary>A block that is damaged holds nothing any more: what comes now takes its place.</summary>
    private static List<BlockColumn> Readable(byte[]? block)
    {
        try
        {
            return block is null ? [] : TrendBlock.Read(block);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
