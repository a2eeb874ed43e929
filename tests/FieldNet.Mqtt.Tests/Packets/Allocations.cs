namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What a step allocates on this thread.</summary>
internal static class Allocations
{
    private const int Tries = 5;

    /// <summary>The least of several tries, in bytes: what the step itself allocates is in all of them.</summary>
    /// <remarks>A collection that another test sets off counts the unused rest of this thread's allocation block (8 KiB) as allocated.</remarks>
    public static long LeastOf(Action step)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Tries && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
