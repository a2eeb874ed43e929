namespace FieldNet.Detection.Series;

/// <summary>How a value differs from what the series usually is at that time of day.</summary>
/// <param name="IsKnown">The series was seen often enough at this time of day.</param>
/// <param name="Off">In the value's unit; negative when it is lower.</param>
/// <param name="Distances">In usual distances of that time of day.</param>
public readonly record struct DayDeparture(bool IsKnown, double Off, double Distances);
