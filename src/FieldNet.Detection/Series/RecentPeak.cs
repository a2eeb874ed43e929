namespace FieldNet.Detection.Series;

/// <summary>The highest score of the last while: what a new episode has to exceed, so that one that goes on is told once.</summary>
/// <remarks>Shape: four stretches, of which the oldest is dropped, so the while is between three and four of them; plain and serialisable. Units: observations.</remarks>
public sealed class RecentPeak
{
    private const int Stretches = 4;

    public double[] Highest = new double[Stretches];

    public int Newest;

    public int InNewest;

    /// <returns>True when the score is higher than all recent ones.</returns>
    public bool Observe(double score, int observations)
    {
        var isHighest = true;
        foreach (var highest in Highest)
        {
            isHighest &= score > highest;
        }

        Highest[Newest] = Math.Max(Highest[Newest], score);
        if (++InNewest * (Stretches - 0.5) >= observations)
        {
            (Newest, InNewest) = ((Newest + 1) % Stretches, 0);
            Highest[Newest] = 0;
        }

        return isHighest;
    }
}
