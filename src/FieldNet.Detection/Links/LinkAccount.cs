using FieldNet.Detection.Clocks;
using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Links;

/// <summary>What is known of one device's way to us: delay, its variation, loss, order, and the device's clock; with a detector for each.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint. Allocation: none per message after a device's first seconds.</remarks>
public sealed class LinkAccount
{
    /// <summary>One-way delays above the fastest, of two to four minutes.</summary>
    public RecentDistribution Delays { get; set; } = new();

    public SecondOfDelays Second { get; set; } = new();

    /// <summary>Differences between consecutive delays of the second.</summary>
    public SecondOfDelays Differences { get; set; } = new();

    public LevelShift Latency { get; set; } = new();

    public LevelShift JitterGrowth { get; set; } = new() { LearntAfter = 40, Decision = 11, Lasting = 26 };

    public Jitter Jitter;

    public Hysteresis DelayLimit;

    public Hysteresis LossLimit;

    public LossRun Loss;

    public RareEventRun Reordering;

    public RareEventRun Duplicates;

    public BurstRun Burst;

    public FlapCount Flaps;

    public ClockSteps Steps;

    public ClockDrift Drift { get; set; } = new();

    public ClockOffset Offset;

    /// <summary>Half of what two thirds of the delays lie within, milliseconds: the path's normal spread. 0 while unknown.</summary>
    public double SpreadMs { get; set; }

    /// <summary>Log time at which <see cref="SpreadMs"/> was worked out.</summary>
    public long SpreadUs { get; set; }

    /// <summary>Forgets what was measured against a clock that is no longer the same.</summary>
    public void ForgetClock()
    {
        (Steps, Jitter) = (default, default);
        Drift.Reset();
        Second.Count = Differences.Count = 0;
    }
}
