namespace FieldNet.Capture.Sequencing;

/// <summary>A jump of the host's clocks against log time.</summary>
/// <param name="StepUs">How far the wall clock moved against log time.</param>
/// <param name="SuspendedUs">How much of that the machine slept; 0 for a step alone.</param>
/// <param name="WallMinusLogUs">What to add to log time from now on to show people the time.</param>
internal readonly record struct ClockChange(long StepUs, long SuspendedUs, long WallMinusLogUs);
