namespace FieldNet.Telemetry.Network;

/// <summary>A gNB as the AMF knows it.</summary>
/// <param name="SetupSucceeded">The NG setup went well and stands; null unknown.</param>
public sealed record GnbFacts(string Id, bool? SetupSucceeded)
{
    public int? ConnectedUes { get; init; }

    /// <summary>Address of its end of the N2 interface.</summary>
    public string? Peer { get; init; }
}
