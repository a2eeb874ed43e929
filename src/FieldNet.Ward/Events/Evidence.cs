namespace FieldNet.Ward.Events;

/// <summary>One fact that an event rests on.</summary>
/// <param name="Name">snake_case with its unit (<c>silent_ms</c>).</param>
/// <param name="Value">string, bool, long, double (already rounded: the last digit must not depend on a platform) or string[].</param>
public readonly record struct Evidence(string Name, object? Value);
