namespace FieldNet.LoadBench.Reports;

/// <summary>Percentiles of durations, exact.</summary>
internal sealed class Percentiles
{
    private readonly List<long> _microseconds = [];
    private bool _sorted;

    public int Count => _microseconds.Count;

    public void Add(long microseconds)
    {
        _sorted = false;
        _microseconds.Add(microseconds);
    }

    /// <returns>Milliseconds.</returns>
    public double At(double share)
    {
        if (!_sorted)
        {
            _microseconds.Sort();
            _sorted = true;
        }

        return _microseconds.Count == 0 ? double.NaN : _microseconds[(int)Math.Min(_microseconds.Count - 1, share * _microseconds.Count)] / 1000.0;
    }
}
