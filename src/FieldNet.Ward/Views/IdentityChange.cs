namespace FieldNet.Ward.Views;

/// <summary>A step of a chain that became something else.</summary>
public sealed record IdentityChange(long AtUs, string Step, string Before, string After);
