using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FieldNet.Edge.Tests.Modem;

/// <summary>A terminal whose other end the test holds: a modem's AT port, with its echo and its line discipline.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoControl = 2 | 0x100;

    private readonly FileStream _modem;
    private readonly SafeFileHandle _line;

    public PseudoTerminal()
    {
        var master = OpenMaster(ReadWriteNoControl);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0, "no pseudo-terminal");
        var name = new byte[128];
        Assert.Equal(0, NameOf(master, name, name.Length));
        Path = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        // While nobody has the line open the modem's side can't be read: stty closes it again.
        _line = new SafeFileHandle(OpenLine(Path, ReadWriteNoControl), ownsHandle: true);
        _modem = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    public string Path { get; }

    /// <summary>Waits for a command and answers it.</summary>
    public Task<string> AnswerAsync(string answer) => Task.Run(() =>
    {
        var command = new StringBuilder();
        var buffer = new byte[256];
        while (!command.ToString().Contains('\r', StringComparison.Ordinal))
        {
            command.Append(Encoding.ASCII.GetString(buffer, 0, _modem.Read(buffer)));
        }

        _modem.Write(Encoding.ASCII.GetBytes(answer));
        return command.ToString();
    });

    public void Dispose()
    {
        _modem.Dispose();
        _line.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenLine(string path, int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(int master, byte[] name, nint length);
}
