namespace FieldNet.Slice.Mapping;

/// <summary>Which series of a Prometheus page become which number of a report.</summary>
public sealed record MappingRule
{
    public required string Metric { get; init; }

    /// <summary>Labels that a series must have, each with this value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>A field of <see cref="MappedFields"/> (<c>core.n3_packets_in</c>, <c>cell.prb_dl_share</c>), or the name of a measure.</summary>
    public required string To { get; init; }

    /// <summary>A label that says what each series is of: one number each. Of a cell's field it holds the physical cell id. Null: all become one.</summary>
    public string? Of { get; init; }

    /// <summary>Physical cell id, where no label says it.</summary>
    public uint? Pci { get; init; }

    public double Factor { get; init; } = 1;

    public Combination Combine { get; init; }
}
