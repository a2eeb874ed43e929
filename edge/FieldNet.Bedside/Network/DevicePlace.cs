namespace FieldNet.Bedside.Network;

/// <summary>Where a device hangs in the tree: what can fail for it.</summary>
/// <param name="Subject"><c>site/ward/bed/device</c>.</param>
/// <param name="Gateway">Subject of the gateway that it speaks over; its own for a gateway.</param>
internal sealed record DevicePlace(string Subject, string Gateway, string Cell, string Slice)
{
    public bool IsGateway => Subject == Gateway;

    public string Site => Subject.Split('/')[0];

    public string Ward => Subject.Split('/')[1];

    /// <summary><c>ward/bed</c>.</summary>
    public string Bed => string.Join('/', Subject.Split('/')[1..3]);

    /// <summary><c>bed/device</c>.</summary>
    public string InWard => string.Join('/', Subject.Split('/')[2..]);
}
