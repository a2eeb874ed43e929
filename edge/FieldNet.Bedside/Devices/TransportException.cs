namespace FieldNet.Bedside.Devices;

/// <summary>A connection could not be made now; trying again may help.</summary>
internal sealed class TransportException(string message, Exception cause) : Exception(message, cause);
