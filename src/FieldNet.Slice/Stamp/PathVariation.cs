namespace FieldNet.Slice.Stamp;

/// <summary>Delay of one direction above its fastest packet of the last minute: needs no common clock.</summary>
/// <remarks>Two clocks that drift apart by 50 millionths add at most 3 ms to it. Source: RFC 5481 section 4.2.</remarks>
internal sealed class PathVariation
{
    private const int Reports = 60;

    private readonly List<double> _ms = [];
    private readonly Queue<double> _fastest = new();

    public void Add(double delayMs) => _ms.Add(delayMs);

    /// <returns>The 98th percentile since the last call; null without a packet.</returns>
    public double? TakeMs()
    {
        if (_ms.Count == 0)
        {
            return null;
        }

        _ms.Sort();
        if (_fastest.Count == Reports)
        {
            _fastest.Dequeue();
        }

        _fastest.Enqueue(_ms[0]);
        var variation = Percentile.Of(_ms, 0.98) - _fastest.Min();
        _ms.Clear();
        return variation;
    }
}
