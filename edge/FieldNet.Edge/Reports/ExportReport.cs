namespace FieldNet.Edge.Reports;

/// <summary>The report of <c>export</c>, ready to be written as JSON in snake_case.</summary>
internal sealed record ExportReport
{
    /// <summary>Numbers written.</summary>
    public required long Numerics { get; init; }

    /// <summary>Samples of waveforms written, missing ones not counted.</summary>
    public required long WaveSamples { get; init; }

    /// <summary>Null where the data folder has no event file.</summary>
    public required long? Events { get; init; }

    /// <summary>What was written; of a WFDB record its header.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Places of the log that could not be read.</summary>
    public required long Damaged { get; init; }
}
