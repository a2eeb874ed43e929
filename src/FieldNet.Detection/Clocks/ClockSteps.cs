namespace FieldNet.Detection.Clocks;

/// <summary>Finds jumps of a device's clock, and tells them from delay.</summary>
/// <remarks>
/// Method: of messages of one stream in order, none can be sent before the one before it (a jump back), none can be faster than the fastest by over
/// 0.1 s (a jump forward), and where one comes in its usual rhythm but says that it was sent late in it, the clock was turned back by less than a period. Two more
/// messages must agree. Steps below 0.1 s are not told. Source: docs/detectors/clock.md. Shape: plain and serialisable. Units: microseconds.
/// </remarks>
public struct ClockSteps
{
    public const long LeastUs = 100_000;

    private const long SettledAfterUs = 10_000_000;

    public bool Known;
    public long RawUs;

    /// <summary>Receive time less sending time before a step that is not sure yet, and behind it; and how many messages agree.</summary>
    public long BeforeUs, BehindUs;

    public int Agreeing;

    /// <summary>Since when the smallest raw delay is known, log time.</summary>
    public long SinceUs;

    /// <param name="rawUs">Receive time less sending time.</param>
    /// <param name="floorUs">The smallest raw delay before this message.</param>
    /// <param name="wentBack">Sent earlier than the message before it in its stream.</param>
    /// <param name="lateInRhythmUs">By how much it says it was sent early for a message that came in its stream's rhythm; 0 otherwise.</param>
    /// <returns>By how much the device's clock has jumped, once that is sure; 0 otherwise.</returns>
    public long Observe(long rawUs, long receiveUs, long floorUs, bool wentBack, long lateInRhythmUs)
    {
        if (!Known)
        {
            (Known, SinceUs) = (true, receiveUs);
        }
        else if (Agreeing > 0)
        {
            var step = Confirm(rawUs);
            if (step != 0)
            {
                RawUs = rawUs;
                return step;
            }
        }
        else if (wentBack || lateInRhythmUs >= LeastUs || IsFasterThanPossible(rawUs, receiveUs, floorUs))
        {
            (BeforeUs, BehindUs, Agreeing, SinceUs) = (RawUs, rawUs, Math.Abs(rawUs - RawUs) >= LeastUs ? 1 : 0, receiveUs);
        }

        RawUs = rawUs;
        return 0;
    }

    private readonly bool IsFasterThanPossible(long rawUs, long receiveUs, long floorUs) =>
        rawUs < floorUs - LeastUs && receiveUs - SinceUs >= SettledAfterUs && RawUs - floorUs < LeastUs * 5;

    private long Confirm(long rawUs)
    {
        var step = BehindUs - BeforeUs;
        if (Math.Abs(rawUs - BehindUs) > Math.Max(LeastUs / 2, Math.Abs(step) / 4))
        {
            Agreeing = 0;
            return 0;
        }

        if (++Agreeing < 3)
        {
            return 0;
        }

        Agreeing = 0;
        return -step;
    }
}
