namespace FieldNet.Capture;

/// <summary>A data folder that can't be used, with the path and the cause in the message.</summary>
public sealed class CaptureException(CaptureErrorKind kind, string path, string message, Exception? cause = null)
    : IOException(message, cause)
{
    public CaptureErrorKind Kind { get; } = kind;

    public string Path { get; } = path;
}
