using System.Text.Json.Serialization;

namespace FieldNet.Detection.Links;

/// <summary>Finds that a level which is sampled once a second (delay, jitter) has moved up from its own normal, and when it is back.</summary>
/// <remarks>
/// Method: a one-sided CUSUM on the robustly standardised value (normal and scale learnt as median and median absolute deviation, at most 3 scales a second, k = 1, h = 8), joined with a least effect, so
/// that what is significant but too small to matter is none. A steady climb is held back: that is a clock's drift before it is a link's delay.
/// Source: Page (1954); docs/detectors/latency.md. Shape: plain and serialisable. Allocation: none after the first second. Units: the caller's, say milliseconds.
/// </remarks>
public sealed class LevelShift
{
    /// <summary>Values until the normal is learnt; at most 80.</summary>
    public int LearntAfter { get; set; } = 80;

    private const int Settling = 5;
    private const double LearnRate = 0.02, LeastScale = 0.02, MadOfScale = 0.6745;

    private const double Slack = 1, MostDecision = 20, MostScales = 3;

    /// <summary>A level that stands for about half a minute counts, whatever the path's habits.</summary>
    public double Lasting { get; set; } = 45;

    private const double MostSum = 60;

    /// <summary>Evidence up to this is chance: a climb begins behind it.</summary>
    private const double Chance = 1;

    private const double Steady = 0.7;
    private const int LongestClimb = 75, LongestDoubt = 25;
    private const int BackFor = 3;

    /// <summary>A level that has stood so long is the new normal.</summary>
    private const int NewNormalAfter = 900;

    /// <summary>The sum of evidence that is a finding, in scales, where a path has no habits.</summary>
    public double Decision { get; set; } = 8;

    public int Count { get; set; }

    public double Normal { get; set; }

    /// <summary>Usual distance from the normal, of one second's value.</summary>
    public double Scale { get; set; }

    /// <summary>The level now: the median of <see cref="Recent"/>, so that two spikes are none.</summary>
    public double Level { get; set; }

    /// <summary>The last five values, newest first.</summary>
    public double[] Recent { get; set; } = new double[5];

    public double Sum { get; set; }

    public RestlessHabit Habit;

    public bool IsOn { get; set; }

    /// <summary>Excess over the normal in the seconds since <see cref="Sum"/> last was chance.</summary>
    public double[] Climb { get; set; } = new double[LongestClimb];

    public int ClimbSeconds { get; set; }

    public int OnSeconds { get; set; }

    public int BackSeconds { get; set; }

    public double Excess => Level - Normal;

    [JsonIgnore]
    public bool IsLearnt => Count >= LearntAfter;

    /// <summary>What it was about to find has another reason.</summary>
    public void Dismiss() => (Sum, ClimbSeconds) = (0, 0);

    /// <param name="value">Of one second.</param>
    /// <param name="leastEffect">An excess below this is none.</param>
    /// <param name="isDoubted">Others on the same way see nothing of it: only what has plainly stopped rising counts.</param>
    /// <param name="mayBegin">False while another is better placed to find it first.</param>
    public void Observe(double value, double leastEffect, bool isDoubted = false, bool mayBegin = true)
    {
        Follow(value);
        if (Count < LearntAfter)
        {
            Gather(value);
            return;
        }

        var scale = Math.Max(Scale, leastEffect / 4);
        var excess = value - Normal;
        Sum = Math.Clamp(Sum + Math.Clamp(excess / scale, -MostScales, MostScales) - Slack, 0, MostSum);
        Rise(excess);
        Habit.Follow(Sum, Excess);
        if (IsOn)
        {
            OnSeconds++;
            BackSeconds = Excess < 0.5 * leastEffect || Sum == 0 ? BackSeconds + 1 : 0;
            if (BackSeconds >= BackFor || OnSeconds >= NewNormalAfter)
            {
                Count = OnSeconds >= NewNormalAfter ? 0 : Count;
                Habit.End();
                (IsOn, Sum, OnSeconds, BackSeconds, ClimbSeconds) = (false, 0, 0, 0, 0);
            }

            return;
        }

        Learn(value, Sum < Decision / 2 ? LearnRate : LearnRate / 10);
        var isBeyondHabit = Sum >= Math.Clamp(Habit.SumToBeat, Decision, MostDecision) && Excess >= Math.Max(leastEffect, Habit.ExcessToBeat);
        IsOn = mayBegin && (isBeyondHabit || (Sum >= Lasting && Excess >= 0.8 * leastEffect)) && !IsClimbing(isDoubted ? LongestDoubt : 4);
    }

    /// <summary>The later half of the climb is clearly higher than the earlier: it still rises as it began.</summary>
    /// <param name="least">Seconds that must have passed before it can be told.</param>
    private bool IsClimbing(int least)
    {
        if (ClimbSeconds < least || ClimbSeconds >= LongestClimb)
        {
            return ClimbSeconds < least;
        }

        var (half, first, second) = (ClimbSeconds / 2, 0.0, 0.0);
        for (var i = 0; i < half; i++)
        {
            first += Climb[i];
            second += Climb[ClimbSeconds - 1 - i];
        }

        return first < Steady * second;
    }

    private void Follow(double value)
    {
        if (Count == 0)
        {
            Array.Fill(Recent, value);
        }

        Array.Copy(Recent, 0, Recent, 1, Recent.Length - 1);
        Recent[0] = value;
        Span<double> sorted = stackalloc double[Recent.Length];
        Recent.CopyTo(sorted);
        sorted.Sort();
        Level = sorted[Recent.Length / 2];
    }

    private void Rise(double excess)
    {
        if (Sum <= Chance)
        {
            ClimbSeconds = 0;
        }
        else if (ClimbSeconds < LongestClimb)
        {
            Climb[ClimbSeconds++] = excess;
        }
    }

    /// <summary>The first values give median and scale at once; a path's fastest message is not known in the first seconds, so those do not count.</summary>
    private void Gather(double value)
    {
        if (Count++ < Settling)
        {
            return;
        }

        Climb[Count - Settling - 1] = value;
        if (Count < LearntAfter)
        {
            return;
        }

        var known = Climb.AsSpan(0, LearntAfter - Settling);
        known.Sort();
        Normal = known[known.Length / 2];
        foreach (ref var one in known)
        {
            one = Math.Abs(one - Normal);
        }

        known.Sort();
        Scale = Math.Max(LeastScale, known[known.Length / 2] / MadOfScale);
    }

    /// <summary>Median and its absolute deviation by stochastic approximation: one outlier moves them as little as any value.</summary>
    private void Learn(double value, double rate)
    {
        var away = value - Normal;
        Normal += rate * Scale * Math.Sign(away);
        Scale = Math.Max(LeastScale, Scale * (1 + (rate * (Math.Abs(away) > MadOfScale * Scale ? 1 : -1))));
    }
}
