namespace FieldNet.Telemetry.Network;

/// <summary>A PDU session as the SMF knows it: the exact join of subscriber, address, slice and class of service.</summary>
public sealed record SessionFacts(string Supi)
{
    public int? Psi { get; init; }

    public string? Dnn { get; init; }

    public string? Ipv4 { get; init; }

    public uint? SliceSst { get; init; }

    /// <summary>Slice differentiator, six hexadecimal digits; null if the slice has none.</summary>
    public string? SliceSd { get; init; }

    /// <summary>5QI of each flow.</summary>
    public IReadOnlyList<uint>? FiveQi { get; init; }

    public bool? Active { get; init; }

    public string? GnbAddress { get; init; }

    public string? UpfAddress { get; init; }
}
