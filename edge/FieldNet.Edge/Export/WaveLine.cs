using FieldNet.Telemetry.Messages;

namespace FieldNet.Edge.Export;

/// <summary>Gives each chunk of one waveform its place on a grid of its own sample period.</summary>
/// <remarks>
/// Chunks that follow each other by their sequence numbers are laid end to end, so that jitter of the dating makes neither gaps nor
/// overlaps; what is lost between them keeps its room; a clock that has wandered off by a quarter of a second is followed. A repeated chunk
/// gets the place that it had. What is live and what is a backlog are two lines.
/// </remarks>
internal sealed class WaveLine(long originUs)
{
    private const double NumberedJitterUs = 250_000;
    private const double UnnumberedJitterUs = 50_000;
    private const long MostLost = 1 << 20;

    private Chain _live;
    private Chain _late;

    /// <summary>Index of the chunk's first sample, counted from the origin; may lie before it.</summary>
    public long Place(in WaveChunk chunk, double startUs)
    {
        ref var chain = ref chunk.Stamp.Historical ? ref _late : ref _live;
        ref readonly var stamp = ref chunk.Stamp;
        var place = (long)Math.Round((startUs - originUs) / chunk.SamplePeriodUs);
        if (chain.PeriodUs == chunk.SamplePeriodUs)
        {
            var numbered = stamp.HasSeq && chain.HasSeq && stamp.Epoch == chain.Epoch;
            var lost = numbered ? unchecked((long)(stamp.Seq - chain.Seq)) - 1 : 0;
            if (lost is > -MostLost and < MostLost)
            {
                var expected = chain.Next + (lost * chunk.Count);
                var jitter = Math.Max(1, (numbered ? NumberedJitterUs : UnnumberedJitterUs) / chunk.SamplePeriodUs);
                place = Math.Abs(place - expected) <= jitter ? expected : place;
                if (lost < 0)
                {
                    return place;
                }
            }
        }

        chain = new Chain(chunk.SamplePeriodUs, stamp.HasSeq, stamp.Epoch, stamp.Seq, place + chunk.Count);
        return place;
    }

    private readonly record struct Chain(double PeriodUs, bool HasSeq, uint Epoch, ulong Seq, long Next);
}
