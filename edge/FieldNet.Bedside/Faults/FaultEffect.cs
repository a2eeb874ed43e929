namespace FieldNet.Bedside.Faults;

/// <summary>What the faults that touch a device now do to it, together.</summary>
internal readonly record struct FaultEffect
{
    public bool Silent { get; init; }

    public bool Burst { get; init; }

    public bool Disconnected { get; init; }

    public double LatencyMs { get; init; }

    public double JitterMs { get; init; }

    public double LossShare { get; init; }

    /// <param name="faults">In order of their start.</param>
    public static FaultEffect Of(ReadOnlySpan<Fault> faults, TimeSpan now)
    {
        FaultEffect effect = default;
        foreach (var fault in faults)
        {
            if (fault.At > now)
            {
                break;
            }
            if (fault.IsActive(now))
            {
                effect = fault.What switch
                {
                    FaultKind.Silent => effect with { Silent = true },
                    FaultKind.Burst => effect with { Burst = true },
                    FaultKind.Disconnect => effect with { Disconnected = true },
                    FaultKind.Latency => effect with { LatencyMs = effect.LatencyMs + fault.Value },
                    FaultKind.Jitter => effect with { JitterMs = effect.JitterMs + fault.Value },
                    _ => effect with { LossShare = Math.Max(effect.LossShare, fault.Value) },
                };
            }
        }
        return effect;
    }
}
