namespace FieldNet.Bedside.Faults;

/// <summary>What the faults that touch a device now do to it, together.</summary>
internal readonly record struct FaultEffect
{
    /// <summary>From good to as weak as it gets.</summary>
    private const double WeakeningSeconds = 2;

    /// <summary>Of a flapping connection's round, and of a handover's: how long it is down.</summary>
    private const double FlapDownShare = 0.4, HandoverStallMs = 300;

    /// <summary>For how long a gateway without registration still gets its reports out.</summary>
    private const double LastWordsSeconds = 2.5;

    /// <summary>Milliseconds, and their tail, that each decibel below a good signal costs.</summary>
    private const double WeakMsPerDb = 2, WeakTailMsPerDb = 3;

    public bool Silent { get; init; }

    /// <summary>What becomes of the messages while <see cref="Silent"/>.</summary>
    public OutageForm Form { get; init; }

    /// <summary>When the outage or stall that is longest is over.</summary>
    public TimeSpan SilentUntil { get; init; }

    public bool Burst { get; init; }

    public bool Disconnected { get; init; }

    public double LatencyMs { get; init; }

    public double JitterMs { get; init; }

    /// <summary>Mean of an exponential tail on top.</summary>
    public double TailMs { get; init; }

    public double LossShare { get; init; }

    public double ReorderShare { get; init; }

    public double DuplicateShare { get; init; }

    /// <summary>By how much the signal is weaker.</summary>
    public double WeakDb { get; init; }

    public bool UplinkLimited { get; init; }

    /// <summary>At the other one of the two cells of a ping-pong.</summary>
    public bool AtOtherCell { get; init; }

    public bool Unregistered { get; init; }

    public bool OffMains { get; init; }

    /// <summary>0 to 1, of a gateway on battery.</summary>
    public double BatteryShare { get; init; }

    /// <summary>Error of the device's clock.</summary>
    public TimeSpan ClockError { get; init; }

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
                effect = effect.With(fault, now - fault.At);
            }
        }
        return effect;
    }

    private FaultEffect With(Fault fault, TimeSpan since)
    {
        double seconds = since.TotalSeconds;
        switch (fault.What)
        {
            case FaultKind.Silent:
                return Cut(fault.Form, fault.End);
            case FaultKind.Unregistered:
                return seconds < LastWordsSeconds ? this with { Unregistered = true } : Cut(OutageForm.NotMade, fault.End) with { Unregistered = true };
            case FaultKind.Burst:
                return this with { Burst = true };
            case FaultKind.Disconnect:
                return this with { Disconnected = true };
            case FaultKind.Flapping:
                return seconds % fault.Value < fault.Value * FlapDownShare ? this with { Disconnected = true } : this;
            case FaultKind.Latency:
                return this with { LatencyMs = LatencyMs + fault.Value };
            case FaultKind.Jitter:
                return this with { JitterMs = JitterMs + fault.Value };
            case FaultKind.Loss:
                return this with { LossShare = Math.Max(LossShare, fault.Value) };
            case FaultKind.Reordering:
                return this with { ReorderShare = Math.Max(ReorderShare, fault.Value) };
            case FaultKind.Duplicates:
                return this with { DuplicateShare = Math.Max(DuplicateShare, fault.Value) };
            case FaultKind.UplinkLimited:
                return this with { UplinkLimited = true, LatencyMs = LatencyMs + fault.Value, TailMs = TailMs + fault.Value / 2 };
            case FaultKind.Congestion:
                return this with { LatencyMs = LatencyMs + fault.Value, JitterMs = JitterMs + fault.Value, TailMs = TailMs + fault.Value / 4 };
            case FaultKind.RadioWeak:
                double weak = fault.Value * Math.Min(1, seconds / WeakeningSeconds);
                return this with { WeakDb = WeakDb + weak, LatencyMs = LatencyMs + weak * WeakMsPerDb, TailMs = TailMs + weak * WeakTailMsPerDb };
            case FaultKind.HandoverPingPong:
                return Handover(fault, seconds);
            case FaultKind.Power:
                return fault.Value > 0 && seconds >= fault.Value
                    ? Cut(OutageForm.Off, fault.End) with { OffMains = true }
                    : this with { OffMains = true, BatteryShare = fault.Value > 0 ? 0.4 * (1 - seconds / fault.Value) : 0.9 - seconds / 36_000 };
            case FaultKind.ClockOffset:
            case FaultKind.ClockStep:
                return this with { ClockError = ClockError + TimeSpan.FromMilliseconds(fault.Value) };
            case FaultKind.ClockDrift:
                return this with { ClockError = ClockError + since * (fault.Value * 1e-6) };
            default:
                return this;
        }
    }

    private FaultEffect Cut(OutageForm form, TimeSpan until) =>
        this with { Silent = true, Form = Silent && Form > form ? Form : form, SilentUntil = until > SilentUntil ? until : SilentUntil };

    private FaultEffect Handover(Fault fault, double seconds)
    {
        int round = (int)(seconds / fault.Value);
        double intoMs = (seconds - round * fault.Value) * 1000;
        var there = this with { AtOtherCell = round % 2 == 0 };
        return intoMs < HandoverStallMs ? there with { LatencyMs = LatencyMs + HandoverStallMs - intoMs } : there;
    }
}
