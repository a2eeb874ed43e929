namespace FieldNet.Ward;

/// <summary>What a site may set of the ward's rules: in the record of each start of the agent, so that a replay has it too (P4).</summary>
public sealed record WardOptions
{
    public static readonly WardOptions Default = new();

    public AgeLimits Ages { get; init; } = new();

    public LinkLimits Link { get; init; } = new();

    public NetworkPlan Network { get; init; } = new();
}
