using FieldNet.Edge.Network;
using FieldNet.Ward;

namespace FieldNet.Edge.Site;

/// <summary>What a site file sets.</summary>
internal sealed record SiteOptions
{
    /// <summary>What the ward's rules decide by, the plan of the network included: in the record of each start.</summary>
    public WardOptions Ward { get; init; } = WardOptions.Default;

    /// <summary>Sources of the 5G side that a running agent reads. A replay has what they said in its records.</summary>
    public IReadOnlyList<NetworkSourceOptions> Sources { get; init; } = [];

    /// <summary>Paths that a running agent probes.</summary>
    public IReadOnlyList<ProbeOptions> Probes { get; init; } = [];

    /// <summary>Where it answers others' probes; null nowhere.</summary>
    public ReflectorOptions? Reflector { get; init; }
}
