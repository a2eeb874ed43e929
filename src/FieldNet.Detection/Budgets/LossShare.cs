using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Budgets;

/// <summary>Share of messages lost over the last two to four minutes, the span that delays are measured over.</summary>
/// <remarks>Shape: two counts in turn, plain and serialisable.</remarks>
public struct LossShare
{
    public long Expected;
    public long Lost;
    public long ExpectedBefore;
    public long LostBefore;

    /// <summary>Log time at which the newer count began.</summary>
    public long SinceUs;

    /// <summary>Null while nothing was expected; never 0 for want of data.</summary>
    public readonly double? Ratio => Expected + ExpectedBefore is > 0 and var expected ? Math.Clamp((double)(Lost + LostBefore) / expected, 0, 1) : null;

    /// <param name="lost">Negative when one came after all.</param>
    public void Add(long timeUs, int arrived, long lost)
    {
        if (timeUs - SinceUs >= RecentDistribution.TurnUs)
        {
            (ExpectedBefore, LostBefore) = timeUs - SinceUs < 2 * RecentDistribution.TurnUs ? (Expected, Lost) : (0, 0);
            (Expected, Lost, SinceUs) = (0, 0, timeUs);
        }

        Expected += arrived + Math.Max(lost, 0);
        Lost += lost;
    }
}
