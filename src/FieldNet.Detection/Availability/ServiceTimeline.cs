namespace FieldNet.Detection.Availability;

/// <summary>Two timelines of one flow: its link, down from the first message that is missing or late; and its service, down once that has outlasted the survival time.</summary>
/// <remarks>
/// Shape: plain and serialisable. Units: log time, microseconds. A transfer interval is the flow's own period. Both the outage and the survival time count from
/// when the first bad message was expected (one period after the last good one, or, of a late one, when it would have come undelayed), not from when that showed. A flow that its sender merely paused (the next message comes in order, sent just
/// now) was not down; what nobody observed is neither up nor down. Source: TS 22.104 annex C.3; docs/detectors/budgets-and-availability.md.
/// </remarks>
public struct ServiceTimeline
{
    /// <summary>A silence that lasts longer is taken for a device that was carried away: from then on nothing is observed.</summary>
    public const long LongestSilenceUs = 3_600_000_000;

    /// <summary>Arrival of the newest good message; 0 while nothing is observed.</summary>
    public long LastUs;

    /// <summary>Arrival of the newest message, good or late.</summary>
    public long HeardUs;

    /// <summary>The link is down since; 0 while it is up.</summary>
    public long DownSinceUs;

    /// <summary>It is down only because nothing came: the next message may show that nothing was sent.</summary>
    public bool IsPresumed;

    /// <summary>What is observed since, and what was before that.</summary>
    public long SinceUs;

    public long ObservedBeforeUs;
    public long LinkDownUs;
    public long ServiceDownUs;
    public long LinkFaults;
    public long ServiceFaults;

    /// <summary>As of the newest message.</summary>
    public double PeriodUs;

    public long SurvivalUs;

    public readonly bool IsObserved => LastUs > 0;

    /// <summary>Takes the next message of the flow.</summary>
    /// <param name="arrivalUs">When it came.</param>
    /// <param name="lost">How many before it are missing; 0 when it is the next in order, null when it does not say.</param>
    /// <param name="delayUs">How long it was on the way; null unknown.</param>
    /// <param name="periodUs">The flow's transfer interval; 0 while it is not known: nothing is observed then.</param>
    public void Observe(long arrivalUs, long? lost, long? delayUs, double periodUs, long budgetUs, long survivalUs)
    {
        if (periodUs <= 0)
        {
            return;
        }

        (PeriodUs, SurvivalUs, HeardUs) = (periodUs, survivalUs, arrivalUs);
        if (LastUs == 0)
        {
            Begin(arrivalUs, delayUs, budgetUs);
            return;
        }

        var dueUs = LastUs + (long)periodUs;
        if (delayUs <= budgetUs && lost == 0)
        {
            // Nothing was lost and this one came at once: whatever the pause before it was, the network had no part in it.
            DownSinceUs = IsPresumed ? 0 : DownSinceUs;
        }
        else if (lost > 0 || (delayUs is null && arrivalUs > dueUs + budgetUs))
        {
            Down(Math.Min(dueUs, arrivalUs), presumed: false);
        }
        else if (delayUs > budgetUs)
        {
            Down(Math.Max(LastUs, arrivalUs - delayUs.Value), presumed: false);
        }

        if (delayUs is null || delayUs <= budgetUs)
        {
            Up(arrivalUs);
            LastUs = arrivalUs;
        }
        else
        {
            IsPresumed = false;
        }
    }

    /// <summary>Nothing has come until now.</summary>
    public void Tick(long nowUs, long budgetUs)
    {
        if (LastUs == 0 || PeriodUs <= 0)
        {
            return;
        }

        if (nowUs - HeardUs > LongestSilenceUs)
        {
            Pause(HeardUs + LongestSilenceUs);
        }
        else if (nowUs > LastUs + (long)PeriodUs + budgetUs)
        {
            Down(LastUs + (long)PeriodUs, presumed: true);
        }
    }

    /// <summary>From here on nothing is observed: the agent is away, or the device said that it stops.</summary>
    public void Pause(long atUs)
    {
        if (LastUs == 0)
        {
            return;
        }

        Up(Math.Max(atUs, LastUs));
        ObservedBeforeUs += Math.Max(0, Math.Max(atUs, LastUs) - SinceUs);
        (LastUs, SinceUs) = (0, 0);
    }

    /// <summary>Another of the device's streams is its flow from here on: its next message begins it.</summary>
    public void Change(long atUs)
    {
        if (DownSinceUs > 0 && IsPresumed)
        {
            (DownSinceUs, IsPresumed) = (0, false);
        }

        Pause(atUs);
    }

    public readonly double ObservedUs(long nowUs) => ObservedBeforeUs + (LastUs > 0 ? Math.Max(0, nowUs - SinceUs) : 0);

    /// <summary>Share of the observed time; null before any.</summary>
    public readonly double? LinkAvailability(long nowUs) => Share(nowUs, LinkDownUs + (DownSinceUs > 0 ? nowUs - DownSinceUs : 0));

    public readonly double? ServiceAvailability(long nowUs) => Share(nowUs, ServiceDownUs + (DownSinceUs > 0 ? Math.Max(0, nowUs - DownSinceUs - SurvivalUs) : 0));

    private readonly double? Share(long nowUs, double downUs) => ObservedUs(nowUs) is > 0 and var observed ? Math.Clamp(1 - (downUs / observed), 0, 1) : null;

    private void Begin(long arrivalUs, long? delayUs, long budgetUs)
    {
        // A late first message begins nothing: the flow is not known to be up yet.
        if (delayUs is null || delayUs <= budgetUs)
        {
            (LastUs, SinceUs, DownSinceUs, IsPresumed) = (arrivalUs, arrivalUs, 0, false);
        }
    }

    private void Down(long fromUs, bool presumed)
    {
        if (DownSinceUs == 0)
        {
            (DownSinceUs, IsPresumed) = (Math.Max(fromUs, SinceUs), presumed);
        }
        else
        {
            IsPresumed &= presumed;
        }
    }

    private void Up(long atUs)
    {
        if (DownSinceUs > 0 && atUs > DownSinceUs)
        {
            var down = atUs - DownSinceUs;
            LinkDownUs += down;
            LinkFaults++;
            ServiceDownUs += Math.Max(0, down - SurvivalUs);
            ServiceFaults += down > SurvivalUs ? 1 : 0;
        }

        (DownSinceUs, IsPresumed) = (0, false);
    }
}
