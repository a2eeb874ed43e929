namespace FieldNet.History.Points;

/// <summary>Which sequence numbers of one stream have come, however late: a second copy must not double a point.</summary>
/// <remarks>Shape: ranges in order; a stream without loss is one. Bounded: beyond <see cref="MostRanges"/> the oldest is forgotten.</remarks>
internal sealed class SeenSequences
{
    private const int MostRanges = 1024;

    private readonly List<(ulong First, ulong Last)> _ranges = [];

    public IReadOnlyList<(ulong First, ulong Last)> Ranges => _ranges;

    public void Clear() => _ranges.Clear();

    /// <summary>Puts back what <see cref="Ranges"/> gave.</summary>
    public void Restore(ulong first, ulong last) => _ranges.Add((first, last));

    /// <returns>False when it has come before.</returns>
    public bool Add(ulong number)
    {
        var at = _ranges.Count;
        while (at > 0 && _ranges[at - 1].First > number)
        {
            at--;
        }

        if (at > 0 && number <= _ranges[at - 1].Last)
        {
            return false;
        }

        var followsOn = at > 0 && _ranges[at - 1].Last == number - 1;
        var leadsTo = at < _ranges.Count && _ranges[at].First == number + 1;
        switch (followsOn, leadsTo)
        {
            case (true, true):
                _ranges[at - 1] = (_ranges[at - 1].First, _ranges[at].Last);
                _ranges.RemoveAt(at);
                break;
            case (true, false):
                _ranges[at - 1] = (_ranges[at - 1].First, number);
                break;
            case (false, true):
                _ranges[at] = (number, _ranges[at].Last);
                break;
            default:
                _ranges.Insert(at, (number, number));
                break;
        }

        if (_ranges.Count > MostRanges)
        {
            _ranges.RemoveAt(0);
        }

        return true;
    }
}
