namespace FieldNet.Edge.Verbs;

/// <summary>An argument that parses but can't be used; the message is one sentence that names the fix.</summary>
internal sealed class BadArgumentException(string message) : Exception(message);
