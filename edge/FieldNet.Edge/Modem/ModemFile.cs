namespace FieldNet.Edge.Modem;

/// <summary>A file that holds what a modem answered; read anew each time, so that a script may write it.</summary>
internal sealed class ModemFile(string path) : IModemPort
{
    private const int MaxBytes = 256 * 1024;

    public async Task<string> AskAsync(CancellationToken cancellation)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false)
                : throw new ModemFaultException($"{path} is too large for a modem's answers");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ModemFaultException(cause.Message, cause);
        }
    }

    public void Dispose()
    {
        // Nothing stays open between two readings.
    }
}
