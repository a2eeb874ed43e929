using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FieldNet.Mqtt.Transport;

/// <summary>An epoll instance with an eventfd in it: what one loop waits at.</summary>
/// <remarks>
/// Threading: the loop's thread, but <see cref="Wake"/> any.
/// Lifetime: closed by the collector, which alone knows when nobody can call <see cref="Wake"/> any more: a late call must not write to
/// a descriptor that has become another's.
/// Errors: <see cref="Win32Exception"/>; with descriptors that are open, only the system's want of memory raises it.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Closed by the collector, on purpose: see Lifetime.")]
internal sealed class EpollQueue
{
    /// <summary>Tag of the eventfd.</summary>
    public const long WakeTag = -1;

    private const int Capacity = 256;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int TagOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = TagOffset + 8;

    // Pinned: the kernel writes into it while the thread waits, and the collector may run meanwhile.
    private readonly byte[] _events = GC.AllocateArray<byte>(Capacity * 16, pinned: true);
    private readonly SafeFileHandle _epoll = new(Checked(Libc.EpollCreate(Libc.CloseOnExec)), ownsHandle: true);
    private readonly SafeFileHandle _event = new(Checked(Libc.EventFd(0, Libc.CloseOnExec | Libc.NonBlocking)), ownsHandle: true);

    public EpollQueue()
    {
        // Edge triggered: every write wakes, and nobody needs to read the counter back.
        Add((int)_event.DangerousGetHandle(), Libc.EpollIn | Libc.EpollEdge, WakeTag);
    }

    public void Add(int fd, uint interest, long tag) => Control(Libc.CtlAdd, fd, interest, tag);

    public void Change(int fd, uint interest, long tag) => Control(Libc.CtlModify, fd, interest, tag);

    public void Remove(int fd) => Control(Libc.CtlDelete, fd, 0, 0);

    /// <param name="timeoutMs">-1 waits until something happens.</param>
    /// <returns>How many events there are.</returns>
    public int Wait(int timeoutMs)
    {
        var count = Libc.EpollWait(_epoll, ref _events[0], Capacity, timeoutMs);
        return count >= 0 ? count : Marshal.GetLastPInvokeError() == Libc.Eintr ? 0 : throw new Win32Exception();
    }

    /// <summary>As <see cref="Wait"/>, for times that milliseconds are too coarse for.</summary>
    public int WaitUntil(TimeSpan timeout)
    {
        ReadOnlySpan<long> secondsAndNs = [(long)timeout.TotalSeconds, timeout.Ticks % TimeSpan.TicksPerSecond * 100];
        var count = Libc.EpollWaitPrecisely(_epoll, ref _events[0], Capacity, in secondsAndNs[0], 0);
        return count >= 0 ? count : Marshal.GetLastPInvokeError() == Libc.Eintr ? 0 : throw new Win32Exception();
    }

    public (uint Events, long Tag) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * EventBytes, EventBytes);
            return (BinaryPrimitives.ReadUInt32LittleEndian(at), BinaryPrimitives.ReadInt64LittleEndian(at[TagOffset..]));
        }
    }

    /// <summary>Ends a <see cref="Wait"/>, the present or the next.</summary>
    public void Wake()
    {
        var one = 1UL;
        Libc.Write(_event, in one, sizeof(ulong));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();

    private void Control(int operation, int fd, uint interest, long tag)
    {
        Span<byte> change = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(change, interest);
        BinaryPrimitives.WriteInt64LittleEndian(change[TagOffset..], tag);
        Checked(Libc.EpollControl(_epoll, operation, fd, ref change[0]));
    }
}
