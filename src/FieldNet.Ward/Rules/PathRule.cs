using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>Puts each device behind the gateway that names it, and on that gateway's cell and slice.</summary>
/// <remarks>
/// A gateway's own word counts before the plan's. Of several gateways the one that began to name a device last has it, for a device is carried to its new
/// gateway and stays in the old one's list by neglect. Whether a gateway is silent changes nothing here: a path must outlive the fault that it explains.
/// </remarks>
internal static class PathRule
{
    /// <summary>A device spoke for the first time: who named it before?</summary>
    public static void Appeared(WardState ward, DeviceState device)
    {
        var key = KeyOf(ward, device);
        foreach (var gateway in ward.Network.Gateways)
        {
            if (gateway.Device < 0 && gateway.Key == key)
            {
                gateway.Device = device.Index;
                BindServed(ward, gateway);
            }

            foreach (var served in gateway.Serves)
            {
                if (served.Device < 0 && IsNamed(ward, gateway, served.Name, device))
                {
                    served.Device = device.Index;
                }
            }
        }

        Bind(ward, device);
    }

    /// <summary>Finds the device of a name in a gateway's list; −1 while it was never heard.</summary>
    public static int Find(WardState ward, GatewayState gateway, string name) =>
        ward.Devices.Find(device => IsNamed(ward, gateway, name, device))?.Index ?? -1;

    /// <summary>Decides anew behind which gateway a device is.</summary>
    public static void Bind(WardState ward, DeviceState device)
    {
        var (over, sinceUs, namedBy) = (-1, 0L, 0);
        foreach (var gateway in ward.Network.Gateways)
        {
            var served = gateway.Serves.Find(candidate => candidate.Device == device.Index);
            if (gateway.Device == device.Index)
            {
                (over, sinceUs) = (gateway.Index, long.MaxValue);
            }
            else if (served is not null)
            {
                namedBy += served.SinceUs > 0 ? 1 : 0;
                (over, sinceUs) = over < 0 || served.SinceUs > sinceUs ? (gateway.Index, served.SinceUs) : (over, sinceUs);
            }
        }

        var before = device.Path.Over;
        device.NamedBy = namedBy;
        if (before != over && before >= 0)
        {
            Remember(device.Moves, new IdentityChange(ward.LogTimeUs, "gateway", ward.Network.Gateways[before].Key, over >= 0 ? ward.Network.Gateways[over].Key : ""));
        }

        device.Path.Over = over;
        device.PathSinceUs = sinceUs == long.MaxValue ? 0 : sinceUs;
        Follow(ward, device);
    }

    /// <summary>Decides anew for all that a gateway names.</summary>
    public static void BindServed(WardState ward, GatewayState gateway)
    {
        foreach (var served in gateway.Serves)
        {
            if (served.Device >= 0)
            {
                Bind(ward, ward.Devices[served.Device]);
            }
        }

        if (gateway.Device >= 0)
        {
            Bind(ward, ward.Devices[gateway.Device]);
        }
    }

    /// <summary>The gateway is on another cell or slice, and everything behind it with it.</summary>
    public static void FollowAll(WardState ward, GatewayState gateway)
    {
        foreach (var device in ward.Devices)
        {
            if (device.Path.Over == gateway.Index)
            {
                Follow(ward, device);
            }
        }
    }

    /// <summary><c>ward/bed/device</c>, with the site before it if that is not the unit's own.</summary>
    public static string KeyOf(WardState ward, DeviceState device) => $"{ward.Beds[device.Bed].Key}/{device.Id}";

    public static void Remember(List<IdentityChange> history, IdentityChange change)
    {
        if (history.Count == WardLimits.IdentityChanges)
        {
            history.RemoveAt(0);
        }

        history.Add(change);
    }

    private static void Follow(WardState ward, DeviceState device)
    {
        var gateway = device.Path.Over >= 0 ? ward.Network.Gateways[device.Path.Over] : null;
        (device.Path.Gateway, device.Path.Cell, device.Path.Slice) = gateway is null ? (-1, -1, -1) : (gateway.Device, gateway.Cell, gateway.Slice);
    }

    /// <summary>A gateway names devices of its own ward, as <c>bed/device</c>.</summary>
    private static bool IsNamed(WardState ward, GatewayState gateway, string name, DeviceState device)
    {
        var (slash, bed) = (name.LastIndexOf('/'), ward.Beds[device.Bed].Key);
        var wardLength = gateway.Key.LastIndexOf('/', gateway.Key.LastIndexOf('/') - 1) + 1;
        return slash > 0
            && name.AsSpan(slash + 1).SequenceEqual(device.Id)
            && bed.Length == wardLength + slash
            && bed.AsSpan(wardLength).SequenceEqual(name.AsSpan(0, slash))
            && bed.AsSpan(0, wardLength).SequenceEqual(gateway.Key.AsSpan(0, wardLength));
    }
}
