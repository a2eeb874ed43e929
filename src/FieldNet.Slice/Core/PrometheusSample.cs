namespace FieldNet.Slice.Core;

/// <summary>One line of a Prometheus text page.</summary>
/// <param name="Labels">In the order of the page.</param>
public sealed record PrometheusSample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <returns>Null if it has no such label.</returns>
    public string? Label(string name)
    {
        foreach (var label in Labels)
        {
            if (label.Key == name)
            {
                return label.Value;
            }
        }

        return null;
    }
}
