namespace FieldNet.History.LineProtocol;

/// <summary>One kind of point on the server: which tags it may have, and which fields of which type.</summary>
/// <param name="Tags">In the order of their names, as servers want them. A tag without a value is left out.</param>
/// <param name="Fields">A field without a value is left out; no field has the name of a tag.</param>
public sealed record Measurement(string Name, IReadOnlyList<string> Tags, IReadOnlyList<LineField> Fields);
