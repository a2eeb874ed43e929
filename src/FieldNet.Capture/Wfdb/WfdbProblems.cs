namespace FieldNet.Capture.Wfdb;

/// <summary>What of a record can't be read, in sentences; the first hundred, so that a header of nothing but absent segments fills no memory.</summary>
internal sealed class WfdbProblems
{
    private const int Most = 100;

    private readonly List<string> _first = [];
    private int _more;

    public IReadOnlyList<string> All => _more == 0 ? _first : [.. _first, $"and {_more} more"];

    public void Add(string sentence)
    {
        if (_first.Count < Most)
        {
            _first.Add(sentence);
        }
        else
        {
            _more++;
        }
    }
}
