namespace FieldNet.Slice.Sources;

/// <summary>What a source's reader met since the agent's start.</summary>
/// <remarks>Threading: any thread.</remarks>
public sealed class ReaderCounts
{
    private long _answers;
    private long _failures;
    private long _malformed;
    private long _tooLarge;

    /// <summary>Reports in which the source was reached.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Times that it could not be reached or understood, those between two reports of it included.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Frames, datagrams or lines that could not be read, and were passed over.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>Frames over the size limit, passed over.</summary>
    public long TooLarge => Volatile.Read(ref _tooLarge);

    internal void Count(bool reached) => Interlocked.Increment(ref reached ? ref _answers : ref _failures);

    internal void CountMalformed(int many = 1) => Interlocked.Add(ref _malformed, many);

    internal void CountTooLarge() => Interlocked.Increment(ref _tooLarge);
}
