using FieldNet.History.Points;

namespace FieldNet.History.Trends;

/// <summary>A series in the history, with what of it is in no block yet.</summary>
/// <remarks>Threading: changed by the keeper's thread under the gate of its <see cref="SeriesCatalog"/>; others read under the gate.</remarks>
internal sealed class KeptSeries(int id, int device, Series series)
{
    public int Id => id;

    public int Device => device;

    public Series Series => series;

    public long FirstUs { get; set; } = long.MaxValue;

    public long LastUs { get; set; } = long.MinValue;

    /// <summary>In the order in which they came.</summary>
    public List<TrendPoint> Open { get; } = [];

    public void Add(in TrendPoint point)
    {
        Open.Add(point);
        FirstUs = Math.Min(FirstUs, point.TimeUs);
        LastUs = Math.Max(LastUs, point.TimeUs);
    }
}
