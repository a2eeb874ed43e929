namespace FieldNet.Capture.Wfdb;

/// <summary>One signal line of a WFDB header.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5) and signal(5).</remarks>
public sealed record WfdbSignal
{
    /// <summary>File name beside the header; <c>~</c> where the signal has none.</summary>
    public required string File { get; init; }

    /// <summary>Storage format: 16, 212, 80 …</summary>
    public required int Format { get; init; }

    public int SamplesPerFrame { get; init; } = 1;

    /// <summary>Frames by which the signal lags within its file.</summary>
    public int SkewFrames { get; init; }

    /// <summary>Bytes before the first sample: the preamble of a MATLAB v4 container, for example.</summary>
    public int ByteOffset { get; init; }

    /// <summary>Digital units per physical unit; never 0.</summary>
    public double Gain { get; init; } = 200;

    /// <summary>Digital value of physical 0.</summary>
    public int Baseline { get; init; }

    /// <summary>Physical unit as the header spells it.</summary>
    public string Unit { get; init; } = "mV";

    public int ResolutionBits { get; init; } = 12;

    public int AdcZero { get; init; }

    /// <summary>Digital value of sample 0; null if the header does not say.</summary>
    public int? InitialValue { get; init; }

    /// <summary>Sum of all digital values, low 16 bits, signed; null if the header does not say.</summary>
    public short? Checksum { get; init; }

    public int BlockSizeBytes { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The digital value that means a missing sample; null for a format that has none.</summary>
    public int? MissingValue => WfdbSampleFormat.MissingValue(Format);

    public double ToPhysical(int digital) => (digital - (double)Baseline) / Gain;

    /// <summary>The nearest digital value; at the ends of its range beyond them.</summary>
    public int ToDigital(double physical) => (int)Math.Clamp(Math.Round(physical * Gain + Baseline), int.MinValue + 1, int.MaxValue);
}
