using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FieldNet.LoadBench.Sockets;

/// <summary>Waits for any of many sockets to have something to read.</summary>
/// <remarks>Threading: one thread. An interrupted wait (a signal, a debugger) is an empty one.</remarks>
internal sealed class Readiness : IDisposable
{
    private const int MaxEvents = 256;

    private readonly int _epoll = Check(LibC.EpollCreate(0));
    private readonly LibC.EpollEvent[] _events = new LibC.EpollEvent[MaxEvents];
    private readonly int[] _tags = new int[MaxEvents];

    public void Add(Socket socket, int tag) =>
        Check(LibC.EpollControl(_epoll, LibC.EpollAdd, (int)socket.Handle, new LibC.EpollEvent { Events = LibC.EpollIn, Tag = tag }));

    /// <returns>The tags of the sockets that are ready.</returns>
    public ReadOnlySpan<int> Wait(int timeoutMs)
    {
        var count = Math.Max(0, LibC.EpollWait(_epoll, _events, MaxEvents, timeoutMs));
        for (var i = 0; i < count; i++)
        {
            _tags[i] = _events[i].Tag;
        }

        return _tags.AsSpan(0, count);
    }

    public void Dispose() => _ = LibC.Close(_epoll);

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());
}
