namespace FieldNet.Bedside.Accounts;

/// <summary>A set of sequence numbers, kept as ranges: in order it is one range, however long.</summary>
internal sealed class AcknowledgedRanges
{
    private readonly List<(ulong First, ulong Last)> _ranges = [];

    public IReadOnlyList<(ulong First, ulong Last)> Ranges => _ranges;

    public void Add(ulong seq)
    {
        // Almost always behind the last, so search from the end.
        int at = _ranges.Count;
        while (at > 0 && _ranges[at - 1].First > seq)
        {
            at--;
        }
        bool joinsBelow = at > 0 && _ranges[at - 1].Last + 1 >= seq;
        bool joinsAbove = at < _ranges.Count && _ranges[at].First == seq + 1;
        if (joinsBelow)
        {
            var below = _ranges[at - 1];
            _ranges[at - 1] = (below.First, joinsAbove ? _ranges[at].Last : Math.Max(below.Last, seq));
            if (joinsAbove)
            {
                _ranges.RemoveAt(at);
            }
        }
        else if (joinsAbove)
        {
            _ranges[at] = (seq, _ranges[at].Last);
        }
        else
        {
            _ranges.Insert(at, (seq, seq));
        }
    }
}
