namespace FieldNet.Bedside.Network;

/// <summary>A 5G gateway: a device of its own, with a subscription, in front of one bed's devices or several beds'.</summary>
internal sealed record GatewayPlace(DevicePlace Place)
{
    public string Subject => Place.Subject;

    public required int Cell { get; init; }

    public required int Slice { get; init; }

    /// <summary>Its number in the site: what its addresses are made of.</summary>
    public required int Number { get; init; }

    public required IReadOnlyList<DevicePlace> Serves { get; init; }

    public uint FiveQi { get; init; } = 70;

    public string Supi => $"imsi-00101{Number + 1:0000000000}";

    public string Ip => $"10.45.0.{Number + 2}";

    public uint Rnti => (uint)(0x4601 + Number);

    /// <summary>Beds of the devices behind it, <c>ward/bed</c>.</summary>
    public IEnumerable<string> Beds => Serves.Select(device => device.Bed).Distinct();
}
