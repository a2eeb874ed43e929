using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Edge.Export;

/// <summary>Dates the waveforms of one device on the log's clock, by the rule that dates its numbers.</summary>
/// <remarks>
/// A chunk stands at its device time, carried over by the smallest offset that live messages showed; without a device time, or with one
/// that can't be, where it arrived. Units: microseconds. Threading: one thread, the records in order.
/// </remarks>
internal sealed class ChunkTimes
{
    /// <summary>A live chunk can't have been sampled later than it arrived; clocks and first messages are granted this much.</summary>
    private const double AheadUs = 1_000_000;

    private const double BehindUs = 30_000_000;

    private DelayAboveFloor _delay;

    /// <summary>Time of the chunk's first sample.</summary>
    public double StartUs(in WaveChunk chunk, long receiveUs)
    {
        ref readonly var stamp = ref chunk.Stamp;
        _delay.Observe(stamp, receiveUs);
        var arrivalUs = receiveUs - (chunk.Count * chunk.SamplePeriodUs);
        if (!stamp.HasDeviceTime)
        {
            return arrivalUs - (stamp.Historical ? 0 : _delay.OfUs(stamp, receiveUs));
        }

        var startUs = (double)stamp.DeviceTimeUs + (_delay.Known ? Math.Min(_delay.FloorUs, _delay.PreviousFloorUs) : 0);
        if (stamp.Historical)
        {
            return Math.Min(startUs, arrivalUs);
        }

        return _delay.Known && startUs <= arrivalUs + AheadUs && startUs >= arrivalUs - BehindUs ? startUs : arrivalUs;
    }
}
