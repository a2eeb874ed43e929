namespace FieldNet.Edge.Verbs;

/// <summary>Something around FieldNet keeps it from working; the message is one sentence that names the fix.</summary>
internal sealed class EnvironmentFaultException(string message, Exception? cause = null) : Exception(message, cause);
