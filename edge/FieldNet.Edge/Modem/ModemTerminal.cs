using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FieldNet.Edge.Modem;

/// <summary>A Quectel modem's AT port (<c>/dev/ttyUSB2</c>).</summary>
/// <remarks>
/// ModemManager must leave that port alone. Threading: one question at a time, each on a thread that it blocks for at most
/// <see cref="Patience"/>. The port is opened again after a fault: a modem that restarts is another device.
/// </remarks>
internal sealed partial class ModemTerminal(string path, TimeProvider time) : IModemPort
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, CloseOnExec = 0x80000;

    private const int MaxAnswerBytes = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private FileStream? _port;

    /// <summary>There is a terminal at that path.</summary>
    public static bool IsOne(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    public async Task<string> AskAsync(CancellationToken cancellation)
    {
        try
        {
            _port ??= await OpenAsync(cancellation).ConfigureAwait(false);
            var port = _port;
            return await Task.Run(() => Ask(port, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ModemFaultException)
        {
            Dispose();
            throw cause as ModemFaultException ?? new ModemFaultException($"{path}: {cause.Message}", cause);
        }
    }

    public void Dispose()
    {
        _port?.Dispose();
        _port = null;
    }

    private string Ask(FileStream port, CancellationToken cancellation)
    {
        port.Write("AT+QENG=\"servingcell\"\r"u8);
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Patience && answer.Length < MaxAnswerBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            // Nothing after a fifth of a second reads as nothing, not as the end.
            answer.Append(Encoding.ASCII.GetString(buffer, 0, port.Read(buffer)));
            var text = answer.ToString();
            if (text.Contains("\nOK", StringComparison.Ordinal))
            {
                return text;
            }

            if (text.Contains("ERROR", StringComparison.Ordinal))
            {
                throw new ModemFaultException($"{path}: the modem does not know AT+QENG, or has no SIM ({text.Trim().Split('\n')[^1].Trim()})");
            }
        }

        throw new ModemFaultException($"{path}: the modem does not answer");
    }

    /// <summary>Raw, without echo: as it comes up, a terminal would send the modem's own words back to it.</summary>
    private async Task<FileStream> OpenAsync(CancellationToken cancellation)
    {
        await ModemCommand.RunAsync("stty", ["-F", path, "115200", "raw", "-echo", "clocal", "min", "0", "time", "2"], cancellation).ConfigureAwait(false);
        var handle = Open(path, ReadWrite | NoControllingTerminal | CloseOnExec);
        return handle < 0
            ? throw new ModemFaultException($"{path} can't be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}")
            : new FileStream(new SafeFileHandle(handle, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
