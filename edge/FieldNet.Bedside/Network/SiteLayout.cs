using FieldNet.Bedside.Faults;

namespace FieldNet.Bedside.Network;

/// <summary>A site as it is built: cells, slices, gateways and the devices behind them.</summary>
internal sealed record SiteLayout
{
    public required string Site { get; init; }

    public required IReadOnlyList<CellPlace> Cells { get; init; }

    public required IReadOnlyList<SlicePlace> Slices { get; init; }

    public required IReadOnlyList<GatewayPlace> Gateways { get; init; }

    public IEnumerable<DevicePlace> Devices => Gateways.SelectMany(gateway => gateway.Serves);

    public IEnumerable<string> Beds => Devices.Select(device => device.Bed).Distinct();

    /// <summary>Gateways that a fault takes part in.</summary>
    public IEnumerable<GatewayPlace> Under(Fault fault) => Gateways.Where(gateway => fault.Touches(gateway.Place) || gateway.Serves.Any(fault.Touches));

    /// <summary>Beds that a fault touches.</summary>
    public string[] BedsUnder(Fault fault) => [.. Devices.Where(fault.Touches).Select(device => device.Bed).Distinct().Order(StringComparer.Ordinal)];
}
