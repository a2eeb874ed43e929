using System.Runtime.InteropServices;

namespace FieldNet.LoadBench.Sockets;

/// <summary>The calls that .NET has no name for.</summary>
internal static partial class LibC
{
    public const int EpollIn = 1;
    public const int EpollAdd = 1;

    /// <summary>epoll_event as x86-64 lays it out: packed, unlike elsewhere.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public struct EpollEvent
    {
        public uint Events;
        public int Tag;
        public int Unused;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, in EpollEvent change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, Span<EpollEvent> events, int most, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);
}
