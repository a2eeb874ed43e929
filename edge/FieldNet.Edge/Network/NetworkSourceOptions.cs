using FieldNet.Slice.Core;
using FieldNet.Slice.Mapping;
using FieldNet.Slice.Radio;
using FieldNet.Slice.Sources;

namespace FieldNet.Edge.Network;

/// <summary>One source of the 5G side, as the site file names it.</summary>
internal sealed record NetworkSourceOptions
{
    private static readonly Dictionary<string, SourceFormat> ByName = new(StringComparer.Ordinal)
    {
        ["gnb"] = SourceFormat.Gnb,
        ["gnb_udp"] = SourceFormat.GnbUdp,
        ["open5gs_amf"] = SourceFormat.Open5gsAmf,
        ["open5gs_smf"] = SourceFormat.Open5gsSmf,
        ["open5gs_upf"] = SourceFormat.Open5gsUpf,
        ["open5gs_pcf"] = SourceFormat.Open5gsPcf,
        ["prometheus"] = SourceFormat.Prometheus,
    };

    public static IEnumerable<string> Kinds => ByName.Keys;

    public required string Name { get; init; }

    public required SourceFormat Format { get; init; }

    public required Uri Url { get; init; }

    public required TimeSpan Every { get; init; }

    /// <summary>Resource blocks of the gNB's cells. Null: unknown, and so is their share in use.</summary>
    public int? PrbTotal { get; init; }

    /// <summary>Of a Prometheus page.</summary>
    public Mapping? Mapping { get; init; }

    public static SourceFormat? KindOf(string name) => ByName.TryGetValue(name, out var format) ? format : null;

    public INetworkSource Open() => Format switch
    {
        SourceFormat.Gnb or SourceFormat.GnbUdp => new GnbSource(Name, Url, Every, PrbTotal),
        SourceFormat.Prometheus => new MappedSource(Name, Mapping!.Kind, Url, Mapping.Rules, Every),
        SourceFormat.Open5gsAmf => new Open5gsSource(Name, Open5gsFunction.Amf, Url, Every),
        SourceFormat.Open5gsSmf => new Open5gsSource(Name, Open5gsFunction.Smf, Url, Every),
        SourceFormat.Open5gsUpf => new Open5gsSource(Name, Open5gsFunction.Upf, Url, Every),
        _ => new Open5gsSource(Name, Open5gsFunction.Pcf, Url, Every),
    };
}
