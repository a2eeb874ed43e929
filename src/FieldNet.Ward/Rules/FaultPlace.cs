using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Names a place of the fault tree: its subject in events, and the beds that hang on it.</summary>
internal static class FaultPlace
{
    /// <summary>The name that findings and incidents of that place have (protocol.md, Events).</summary>
    /// <param name="index">Of the device up to a gateway, of the cell, of the slice; else 0.</param>
    public static string SubjectOf(WardState ward, FaultNode node, int index) => node switch
    {
        FaultNode.Sensor or FaultNode.Device or FaultNode.Gateway or FaultNode.Clock => ward.Devices[index].Subject,
        FaultNode.Cell => $"{Above(ward, node, index)}/_cell-{ward.Network.Cells[index].Name}",
        FaultNode.Slice => $"{Above(ward, node, index)}/_slice-{ward.Network.Slices[index].Name}",
        FaultNode.Core => $"{Above(ward, node, index)}/_core",
        FaultNode.Backhaul => $"{Above(ward, node, index)}/_backhaul",
        _ => "agent",
    };

    /// <summary>Keys of the beds that hang on it, in the order of the beds.</summary>
    public static string[] BedsOf(WardState ward, FaultNode node, int index) => [.. BedStatesOf(ward, node, index).Select(bed => bed.Key)];

    private static IEnumerable<BedState> BedStatesOf(WardState ward, FaultNode node, int index) =>
        ward.Beds.Where(bed => bed.HasTile && bed.Devices.Exists(device => IsUnder(ward.Devices[device], node, index)));

    private static bool IsUnder(DeviceState device, FaultNode node, int index) => node switch
    {
        FaultNode.Sensor or FaultNode.Device or FaultNode.Clock => device.Index == index,
        FaultNode.Gateway => device.Path.Gateway == index,
        FaultNode.Cell => device.Path.Cell == index,
        FaultNode.Slice => device.Path.Slice == index,
        _ => true,
    };

    /// <summary><c>site/ward</c> if all its beds are in one ward, else <c>site</c>.</summary>
    private static string Above(WardState ward, FaultNode node, int index)
    {
        var wards = BedStatesOf(ward, node, index).Select(bed => (bed.Site, bed.Ward)).Distinct().Take(2).ToArray();
        return wards.Length == 1 ? $"{wards[0].Site}/{wards[0].Ward}" : ward.Site.Length > 0 ? ward.Site : "site";
    }
}
