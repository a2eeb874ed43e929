namespace FieldNet.Dashboard.Network;

/// <summary>A step that became something else.</summary>
public sealed record IdentityChangeDto(double AtMs, string Step, string Before, string After);
