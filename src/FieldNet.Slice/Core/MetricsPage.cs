using FieldNet.Slice.Sources;

namespace FieldNet.Slice.Core;

/// <summary>The numbers of one scrape. What a page does not have is null, never 0: a labelled series is absent until its first event.</summary>
internal sealed class MetricsPage
{
    private readonly ILookup<string, PrometheusSample> _byName;

    /// <exception cref="NetworkSourceException">Not one line of it is a metric.</exception>
    public MetricsPage(string text, ReaderCounts counts)
    {
        Samples = PrometheusText.Read(text, out var unreadable);
        counts.CountMalformed(unreadable);
        if (Samples.Count == 0 && (unreadable > 0 || !text.Contains('#', StringComparison.Ordinal)))
        {
            throw new NetworkSourceException("what it answers is no metrics page");
        }

        _byName = Samples.ToLookup(sample => sample.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<PrometheusSample> Samples { get; }

    /// <summary>Sum over all labels.</summary>
    public double? Sum(string name)
    {
        double? sum = null;
        foreach (var sample in _byName[name])
        {
            sum = double.IsFinite(sample.Value) ? (sum ?? 0) + sample.Value : sum;
        }

        return sum;
    }

    public long? Count(string name) => Sum(name) is { } sum and >= 0 and < long.MaxValue ? (long)sum : null;

    /// <summary>A counter that some versions leave at 0 whatever happens: 0 is then unknown.</summary>
    public long? Counted(string name) => Count(name) is { } count and > 0 ? count : null;
}
