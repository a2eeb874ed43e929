namespace FieldNet.LoadBench.Figures;

/// <summary>What a mark in a plot stands for; the colour follows.</summary>
internal enum Ink
{
    /// <summary>What was observed.</summary>
    Data,

    /// <summary>A second thing that was observed.</summary>
    Second,

    /// <summary>What the detector expects.</summary>
    Baseline,

    /// <summary>The line that a finding takes.</summary>
    Threshold,

    /// <summary>What was found.</summary>
    Alarm,
}
