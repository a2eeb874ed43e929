using FieldNet.History.Events;
using FieldNet.History.Trends;

namespace FieldNet.Edge.History;

/// <summary>The parts of a history that is being kept.</summary>
internal sealed record OpenHistory(TrendKeeper Keeper, TrendReader Trends, EventStore Events, LogFeed Feed);
