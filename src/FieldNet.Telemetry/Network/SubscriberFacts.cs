namespace FieldNet.Telemetry.Network;

/// <summary>A subscriber as the AMF knows it.</summary>
/// <param name="Supi">Subscription permanent identifier (<c>imsi-001010000000001</c>).</param>
/// <param name="Connected">Connection management state is CONNECTED; null unknown.</param>
public sealed record SubscriberFacts(string Supi, bool? Connected)
{
    /// <summary>gNB it is on.</summary>
    public string? GnbId { get; init; }

    /// <summary>NR cell identity it was located at last.</summary>
    public ulong? NrCellId { get; init; }

    public uint? Tac { get; init; }

    /// <summary>When it was located, UTC microseconds by the core's clock.</summary>
    public long? LocatedUs { get; init; }

    /// <summary>The gNB's own number for it on the N2 interface (RAN UE NGAP ID).</summary>
    public long? RanUeNgapId { get; init; }

    /// <summary>Slices it may use: <c>1</c> or <c>1-000001</c> (SST, SD).</summary>
    public IReadOnlyList<string>? AllowedSlices { get; init; }

    /// <summary>Equipment identity (PEI, IMEISV).</summary>
    public string? Pei { get; init; }
}
