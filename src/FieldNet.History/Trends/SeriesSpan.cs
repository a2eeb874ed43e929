using FieldNet.History.Points;

namespace FieldNet.History.Trends;

/// <summary>A series that is kept, and from when to when it has values.</summary>
public sealed record SeriesSpan(Series Series, long FirstUs, long LastUs);
