using System.Runtime.InteropServices;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Starts threads that give way to the live ward's.</summary>
internal static partial class QuietThread
{
    /// <summary>A tenth of the live threads' share of a busy core. Not the least, since the collector of garbage waits for each thread to stop at a safe place.</summary>
    private const int Niceness = 10;

    public static Thread Start(string name, Action body)
    {
        var thread = new Thread(() =>
        {
            Yield();
            body();
        })
        { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>.NET's own priorities do nothing on Linux, whose niceness is each thread's own. Without effect elsewhere.</summary>
    private static void Yield()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(which: 0, who: 0, Niceness);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
