namespace FieldNet.Detection.Series;

/// <summary>How unusual a series has become with one observation.</summary>
/// <param name="Decades">All evidence together: 4 is about once in 10,000 observations.</param>
/// <param name="IsNew">Nothing as unusual came before in this episode.</param>
/// <param name="Leading">The evidence that weighs most.</param>
public readonly record struct SeriesVerdict(double Decades, bool IsNew, SeriesPart Leading)
{
    /// <summary>A series that is this unusual is as anomalous as can be.</summary>
    private const double MostDecades = 40;

    /// <summary>0 to 1, on the logarithmic scale; 0 for what goes on with an episode.</summary>
    public double Score => IsNew ? Math.Min(1, Decades / MostDecades) : 0;
}
