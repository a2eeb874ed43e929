namespace FieldNet.Edge.Modem;

/// <summary>The modem, or the program that speaks to it, gives no answer.</summary>
internal sealed class ModemFaultException(string message, Exception? cause = null) : Exception(message, cause);
