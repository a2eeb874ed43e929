using System.Text.Json.Serialization;

namespace FieldNet.Capture.Inspection;

/// <summary>What <c>inspect</c> says of one signal of a WFDB record.</summary>
public sealed record WfdbSignalInspection
{
    public required string Name { get; init; }

    public required string Unit { get; init; }

    [JsonPropertyName("samples_per_s")]
    public required double SamplesPerSecond { get; init; }

    /// <summary>Digital values per unit.</summary>
    public required double Gain { get; init; }

    /// <summary>Digital value of 0 units.</summary>
    public required int Baseline { get; init; }

    /// <summary>Over the whole length of the record, the missing ones included.</summary>
    public required long Samples { get; init; }

    /// <summary>Samples without a value: marked so by the format, in a gap, or in what is absent or damaged.</summary>
    public required long Missing { get; init; }

    /// <summary>Digital values as stored; null where nothing is.</summary>
    public required IReadOnlyList<int?> FirstValues { get; init; }

    /// <summary>Sum of all stored values, low 16 bits, signed; null where nothing is stored.</summary>
    public required short? Checksum { get; init; }

    /// <summary>The same as the header states it; null if it does not, or the record has segments.</summary>
    public required short? StatedChecksum { get; init; }
}
