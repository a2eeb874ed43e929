using FieldNet.Telemetry;

namespace FieldNet.Capture.Sequencing;

/// <summary>How often each reason for refusal was given since the start.</summary>
/// <remarks>Threading: any thread.</remarks>
public sealed class RefusalCounts
{
    private readonly long[] _counts = new long[RefusalNames.Count];

    public long this[Refusal reason] => Volatile.Read(ref _counts[(int)reason]);

    internal void Count(Refusal reason)
    {
        if (reason != Refusal.None)
        {
            Interlocked.Increment(ref _counts[(int)reason]);
        }
    }
}
