namespace FieldNet.Detection.Series;

/// <summary>Which evidence says that a series is not as usual.</summary>
public enum SeriesPart
{
    None,

    /// <summary>The value is higher than this series' values are.</summary>
    High,

    /// <summary>The value is lower.</summary>
    Low,

    /// <summary>The value is higher than it is at this time of day.</summary>
    HighForTheTime,

    /// <summary>The value is lower than it is at this time of day.</summary>
    LowForTheTime,

    /// <summary>The values have been off from what they are at their times of day for a while.</summary>
    Shift,
}
