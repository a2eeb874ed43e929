namespace FieldNet.Ward;

/// <summary>What a site may set of the ward's rules; part of the input of a replay, beside the records (P4).</summary>
public sealed record WardOptions
{
    public static readonly WardOptions Default = new();

    public AgeLimits Ages { get; init; } = new();

    public LinkLimits Link { get; init; } = new();
}
