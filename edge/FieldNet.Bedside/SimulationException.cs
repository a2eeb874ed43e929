namespace FieldNet.Bedside;

/// <summary>The simulation can't run as asked; the message is one sentence that names the fix.</summary>
public sealed class SimulationException(string message, Exception? cause = null) : Exception(message, cause);
