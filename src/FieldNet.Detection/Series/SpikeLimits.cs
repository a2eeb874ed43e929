namespace FieldNet.Detection.Series;

/// <summary>How rare a value has to be for a <see cref="SpikeDetector"/>.</summary>
/// <remarks>Units: shares of the observations; the value's own unit for the spread.</remarks>
public readonly record struct SpikeLimits
{
    /// <param name="risk">Share of a quiet series' observations that may be called a spike: one false alarm in 1/risk observations.</param>
    public SpikeLimits(double risk) => Risk = risk;

    public double Risk { get; }

    /// <summary>The share of the observations that the tail is fitted to.</summary>
    public double TailShare { get; init; } = 0.02;

    /// <summary>How fast the baseline follows, <see cref="RobustBaseline.Observe"/>.</summary>
    public double Gain { get; init; } = 0.01;

    /// <summary>The least deviation, in the value's unit.</summary>
    public double LeastSpread { get; init; } = 1e-9;
}
