namespace FieldNet.History.LineProtocol;

/// <summary>One field of a <see cref="Measurement"/>.</summary>
/// <param name="Name">With its unit where it has one.</param>
public sealed record LineField(string Name, FieldType Type);
