using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>A place in the tree backhaul, core, cell, gateway, device, sensor; slices cut across.</summary>
/// <param name="Index">Of the device (for a gateway its own), cell or slice; 0 for what there is one of.</param>
internal readonly record struct FaultPlace(FaultNode Node, int Index)
{
    public static readonly FaultPlace Whole = new(FaultNode.Backhaul, 0);

    /// <summary>The device is at this place or behind it.</summary>
    public bool Covers(WardState ward, DeviceState device) => Node switch
    {
        FaultNode.Sensor or FaultNode.Device => device.Index == Index,
        FaultNode.Gateway => device.Index == Index || device.Path.Gateway == Index,
        FaultNode.Cell => device.Path.Cell == Index,
        FaultNode.Slice => device.Path.Slice == Index,
        _ => true,
    };

    public bool Covers(WardState ward, FindingState finding) =>
        finding.Node <= FaultNode.Gateway ? Covers(ward, ward.Devices[finding.Index])
        : Node is FaultNode.Core or FaultNode.Backhaul || (finding.Node == Node && finding.Index == Index);

    /// <summary>Keys of the beds that hang on it, in the order of the beds.</summary>
    public string[] BedsOf(WardState ward)
    {
        var place = this;
        return [.. ward.Beds.Where(bed => bed.HasTile && bed.Devices.Exists(device => place.Covers(ward, ward.Devices[device]))).Select(bed => bed.Key)];
    }

    /// <summary>Name in subjects: <c>site/ward/_cell-3A1F</c> where all beds are of one ward.</summary>
    public string SubjectOf(WardState ward, IReadOnlyList<string> beds)
    {
        if (Node <= FaultNode.Gateway)
        {
            return ward.Devices[Index].Subject;
        }

        var name = Node switch
        {
            FaultNode.Cell => $"_cell-{ward.Network.Cells[Index].Name}",
            FaultNode.Slice => $"_slice-{ward.Network.Slices[Index].Name}",
            FaultNode.Core => "_core",
            FaultNode.Backhaul => "_backhaul",
            _ => "agent",
        };
        if (Node >= FaultNode.Agent)
        {
            return name;
        }

        var first = beds.Count > 0 ? WardOf(beds[0]) : "";
        return first.Length > 0 && beds.All(bed => WardOf(bed) == first) ? $"{ward.Site}/{first}/{name}" : $"{ward.Site}/{name}";
    }

    private static string WardOf(string bed) => bed.LastIndexOf('/') is > 0 and var slash ? bed[..slash] : "";
}
