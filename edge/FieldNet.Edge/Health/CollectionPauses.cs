namespace FieldNet.Edge.Health;

/// <summary>How long the garbage collector stopped the process.</summary>
internal sealed class CollectionPauses
{
    private static readonly GCKind[] Kinds = [GCKind.Ephemeral, GCKind.Background, GCKind.FullBlocking];

    private long _index = GC.GetGCMemoryInfo(GCKind.Any).Index;
    private TimeSpan _total = GC.GetTotalPauseDuration();

    /// <summary>The longest pause since the last call; the sum of them all when there were more collections than the runtime tells apart.</summary>
    public TimeSpan TakeLongest()
    {
        var total = GC.GetTotalPauseDuration();
        var paused = total - _total;
        _total = total;
        if (paused <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var (longest, known, newest) = (TimeSpan.Zero, 0, _index);
        foreach (var kind in Kinds)
        {
            var collection = GC.GetGCMemoryInfo(kind);
            if (collection.Index <= _index)
            {
                continue;
            }

            known++;
            newest = Math.Max(newest, collection.Index);
            foreach (var pause in collection.PauseDurations)
            {
                longest = pause > longest ? pause : longest;
            }
        }

        var isWhole = newest - _index == known;
        _index = newest;
        return isWhole && longest > TimeSpan.Zero ? longest : paused;
    }
}
