namespace FieldNet.Ward.State;

/// <summary>A time at which a device must be looked at again.</summary>
/// <param name="DueUs">Log time.</param>
/// <param name="Device">Index of the device, -1 for the refusal episodes; other rules name their own below that.</param>
public readonly record struct Deadline(long DueUs, int Device);
