namespace FieldNet.Bedside.Monitors;

/// <summary>Alarm limits of one monitor.</summary>
/// <remarks>Source: typical adult start limits; simulation only. Units: /min, %, mmHg.</remarks>
internal sealed record AlarmLimits
{
    public double RateLow { get; init; } = 50;

    public double RateHigh { get; init; } = 120;

    public double SaturationLow { get; init; } = 90;

    public double Desaturation { get; init; } = 80;

    public double BreathsLow { get; init; } = 8;

    public double BreathsHigh { get; init; } = 30;

    public double SystolicLow { get; init; } = 90;

    public double SystolicHigh { get; init; } = 160;

    public double MeanLow { get; init; } = 60;

    public double ApnoeaSeconds { get; init; } = 20;

    /// <summary>Limits as a nurse would widen them for a patient who lies outside the usual ones; an absent value leaves its limits alone.</summary>
    public AlarmLimits WidenedFor(double? rate, double? breaths, double? systolic, double? mean) => this with
    {
        RateLow = Lower(RateLow, 0.85 * rate),
        RateHigh = Raise(RateHigh, 1.15 * rate),
        BreathsLow = Lower(BreathsLow, 0.7 * breaths),
        BreathsHigh = Raise(BreathsHigh, 1.4 * breaths),
        SystolicLow = Lower(SystolicLow, 0.85 * systolic),
        SystolicHigh = Raise(SystolicHigh, 1.15 * systolic),
        MeanLow = Lower(MeanLow, 0.85 * mean),
    };

    private static double Lower(double limit, double? to) => to is { } t ? Math.Min(limit, Math.Floor(t)) : limit;

    private static double Raise(double limit, double? to) => to is { } t ? Math.Max(limit, Math.Ceiling(t)) : limit;
}
