using FieldNet.Telemetry.Signals;

namespace FieldNet.Ward.Views;

/// <summary>One waveform that a bed sends.</summary>
/// <param name="BlankAtUs">Log time at which its trace must be blanked if nothing newer comes.</param>
public sealed record WaveView(Signal Signal, string Device, BedCondition State, double SamplePeriodUs, long BlankAtUs);
