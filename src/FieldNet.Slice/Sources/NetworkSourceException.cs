namespace FieldNet.Slice.Sources;

/// <summary>A source of the 5G side was reached and can't be used: it refuses, or what it says is of another kind.</summary>
public sealed class NetworkSourceException : Exception
{
    /// <param name="message">In a few words, as it stands in the report.</param>
    public NetworkSourceException(string message)
        : base(message)
    {
    }

    public NetworkSourceException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public NetworkSourceException()
    {
    }
}
