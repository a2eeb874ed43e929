using System.Runtime.InteropServices;

namespace FieldNet.Capture.Disk;

/// <summary>The calls that .NET has no name for.</summary>
internal static partial class LibC
{
    public const int ClockMonotonic = 1;
    public const int ClockBoottime = 7;

    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int DontNeed = 4;
    private const int NotSupported = 95;

    /// <summary>Makes the names in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open", path);
        }

        // Read before close, which may overwrite it.
        var failure = Fsync(descriptor) < 0 ? Failure("fsync", path) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>The kernel need not keep its copy of what is durable.</summary>
    /// <remarks>Errors: none; it is advice.</remarks>
    public static void ForgetCached(SafeHandle file, long offset, long length) => _ = Advise(file, offset, length, DontNeed);

    /// <summary>Takes the blocks of a file from its beginning.</summary>
    /// <returns>False where the file system knows no such thing.</returns>
    public static bool TryAllocate(SafeHandle file, long bytes)
    {
        if (Allocate(file, 0, 0, bytes) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == NotSupported ? false : throw Failure("fallocate", "ballast");
    }

    /// <returns>Nanoseconds, or 0 where the clock does not exist.</returns>
    public static long ClockNanoseconds(int clock) =>
        ClockGetTime(clock, out var time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : 0;

    private static IOException Failure(string call, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}': {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeHandle descriptor, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeHandle descriptor, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
