namespace FieldNet.Capture.Sequencing;

/// <summary>Proof that the sequencer's thread gets on: a number that it raises whenever it has done a piece of work.</summary>
/// <remarks>Threading: one thread beats, any thread reads.</remarks>
public sealed class ProcessorBeat
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    internal void Beat() => Volatile.Write(ref _count, _count + 1);
}
