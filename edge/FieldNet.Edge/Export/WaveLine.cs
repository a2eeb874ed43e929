using FieldNet.Telemetry.Messages;

namespace FieldNet.Edge.Export;

/// <summary>Gives each chunk of one waveform its place on a grid of its own sample period.</summary>
/// <remarks>
/// Chunks that follow each other by their sequence numbers are laid end to end, so that jitter of the dating makes neither gaps nor
/// overlaps; what is lost between them keeps its room; a clock that has wandered off by a quarter of a second is followed.
/// What is live and what is a backlog are two lines. Threading: one thread, the records in order.
/// </remarks>
internal sealed class WaveLine(long originUs)
{
    private const double NumberedJitterUs = 250_000;
    private const double UnnumberedJitterUs = 50_000;
    private const long MostLost = 1 << 20;

    private Chain _live;
    private Chain _late;

    /// <summary>Index of the chunk's first sample, counted from the origin; may lie before it. Null for a chunk that was there already.</summary>
    /// <param name="startUs">Time of the first sample, as dated by itself.</param>
    public long? Place(in WaveChunk chunk, double startUs)
    {
        ref var chain = ref chunk.Stamp.Historical ? ref _late : ref _live;
        ref readonly var other = ref chunk.Stamp.Historical ? ref _live : ref _late;
        var place = other.Aligned((long)Math.Round((startUs - originUs) / chunk.SamplePeriodUs), chunk);
        var numbered = chain.Numbers(chunk);
        var lost = numbered ? unchecked((long)(chunk.Stamp.Seq - chain.Seq)) - 1 : 0;
        if (chain.PeriodUs == chunk.SamplePeriodUs && lost is > -MostLost and < MostLost)
        {
            var expected = lost == 0 ? chain.Next : chain.Behind(lost, chunk);
            var jitter = Math.Max(1, (numbered ? NumberedJitterUs : UnnumberedJitterUs) / chunk.SamplePeriodUs);
            place = Math.Abs(place - expected) <= jitter ? expected : place;
            if (lost < 0)
            {
                return chain.HasSeen(-lost - 1) ? null : place;
            }
        }

        chain = chain.Then(chunk, numbered ? lost : null, place);
        return place;
    }

    /// <summary>The last chunk of a line that moved it on.</summary>
    private readonly record struct Chain(double PeriodUs, bool HasSeq, uint Epoch, ulong Seq, long? DeviceTimeUs, long Place, long Next, ulong Seen)
    {
        private const int Window = 64;

        /// <summary>Whether sequence numbers tell how the chunk stands to this one.</summary>
        public bool Numbers(in WaveChunk chunk) => HasSeq && chunk.Stamp.HasSeq && chunk.Stamp.Epoch == Epoch;

        /// <summary>Where a chunk stands that has others missing before it, or belongs before this one: the device's own clock says how far off.</summary>
        public long Behind(long lost, in WaveChunk chunk) => DeviceTimeUs is { } us && chunk.Stamp.HasDeviceTime
            ? Place + (long)Math.Round((chunk.Stamp.DeviceTimeUs - us) / PeriodUs)
            : Next + (lost * chunk.Count);

        /// <summary>Rounding must not make a seam of one sample between what came live and what came late.</summary>
        public long Aligned(long place, in WaveChunk chunk) =>
            PeriodUs == chunk.SamplePeriodUs && Math.Abs(place - Behind(0, chunk)) <= 1 ? Behind(0, chunk) : place;

        /// <summary>Whether the number so far before this one's was there; what is too far back to be remembered was not.</summary>
        public bool HasSeen(long before) => before < Window && (Seen >> (int)before & 1) == 1;

        public Chain Then(in WaveChunk chunk, long? lost, long place)
        {
            ref readonly var stamp = ref chunk.Stamp;
            var seen = lost is >= 0 and < Window - 1 ? (Seen << (int)(lost.Value + 1)) | 1 : 1;
            return new(chunk.SamplePeriodUs, stamp.HasSeq, stamp.Epoch, stamp.Seq, stamp.HasDeviceTime ? stamp.DeviceTimeUs : null, place, place + chunk.Count, seen);
        }
    }
}
