namespace FieldNet.Detection.Links;

/// <summary>Finds that something which hardly ever happens happens again and again: a Poisson CUSUM on seconds that had it.</summary>
/// <remarks>
/// Method: the log-likelihood ratio of once in 4 s against once an hour, for each second; used for reordering (RFC 4737) and duplicates. A second counts once,
/// however many messages it had, so a single burst is no finding. Source: Lucas, "Counted data CUSUM's" (1985).
/// Shape: plain and serialisable.
/// </remarks>
public struct RareEventRun
{
    /// <summary>ln(3600 / 4), and 1/4 − 1/3600.</summary>
    private const double PerEvent = 6.8, PerSecond = -0.2497;

    /// <summary>Two seconds close together.</summary>
    public const double On = 12.5;

    private const double Most = 16;

    public double Sum;
    public bool IsOn;

    /// <summary>Events of the second that runs.</summary>
    public int Events;

    public void EndSecond()
    {
        Sum = Math.Clamp(Sum + (Events > 0 ? PerEvent : 0) + PerSecond, 0, Most);
        Events = 0;
        IsOn = IsOn ? Sum > 11.5 - 4 : Sum >= On;
    }
}
