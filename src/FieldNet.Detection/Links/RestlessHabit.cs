namespace FieldNet.Detection.Links;

/// <summary>How far a path's level goes by itself and comes back: what is no finding, because it is the path's habit.</summary>
/// <remarks>
/// A score says little until it is set beside the path's own recent scores. Learnt from excursions that passed within <see cref="PassesWithin"/> seconds, fading over a quarter of an hour.
/// Shape: plain and serialisable.
/// </remarks>
public struct RestlessHabit
{
    public const int PassesWithin = 15;

    private const double Fades = 1.0 / 900, Beyond = 1.2;

    /// <summary>The farthest that a sum of evidence, and a level above its normal, have gone of late.</summary>
    public double Sum, Excess;

    public double RunSum, RunExcess;

    public int RunSeconds;

    public readonly double SumToBeat => Beyond * Sum;

    public readonly double ExcessToBeat => Beyond * Excess;

    public void Follow(double sum, double excess)
    {
        Sum -= Sum * Fades;
        Excess -= Excess * Fades;
        if (sum > 0)
        {
            (RunSum, RunExcess, RunSeconds) = (Math.Max(RunSum, sum), Math.Max(RunExcess, excess), RunSeconds + 1);
        }
        else if (RunSeconds > 0)
        {
            End();
        }
    }

    /// <summary>The excursion is over.</summary>
    public void End()
    {
        if (RunSeconds <= PassesWithin)
        {
            (Sum, Excess) = (Math.Max(Sum, RunSum), Math.Max(Excess, RunExcess));
        }

        (RunSum, RunExcess, RunSeconds) = (0, 0, 0);
    }
}
