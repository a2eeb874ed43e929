namespace FieldNet.History.Trends.Blocks;

/// <summary>One series inside a block.</summary>
/// <param name="Id">Whose: a series, or one figure of a roll-up of it.</param>
/// <param name="Points">In order of time; no two at one time.</param>
internal readonly record struct BlockColumn(int Id, List<TrendPoint> Points);
