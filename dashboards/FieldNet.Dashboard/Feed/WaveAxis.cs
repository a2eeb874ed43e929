using FieldNet.Telemetry.Messages;

namespace FieldNet.Dashboard.Feed;

/// <summary>Gives each chunk of one waveform its place in time: following on, behind a gap, or anew.</summary>
/// <remarks>
/// Shape: device time, moved to log time once per device, as long as it is plausible; without it, the time of arrival.
/// Units: microseconds of log time. Threading: the sequencer thread.
/// </remarks>
internal sealed class WaveAxis(DeviceClock clock)
{
    /// <summary>Jitter of a sender's stamps that an unbroken sequence proves to be no gap.</summary>
    private const double StampJitterUs = 50_000;

    /// <summary>Jitter of the arrival of chunks without device time.</summary>
    private const double ArrivalJitterUs = 500_000;

    /// <summary>A chunk can't have been sampled later than it arrived; this much is granted for a first chunk that was late.</summary>
    private const double AheadUs = 1_000_000;

    private const double BehindUs = 30_000_000;

    private double? _endUs;

    /// <summary>Time of the chunk's first sample.</summary>
    /// <param name="unbroken">Whether the sender's sequence shows that nothing is missing before it; null if it can't tell.</param>
    /// <param name="receivedUs">When its bytes were read from the socket.</param>
    public double Place(in Stamp stamp, bool? unbroken, long receivedUs, double periodUs, int count)
    {
        var durationUs = periodUs * count;
        var arrivalUs = receivedUs - durationUs;
        var startUs = stamp.HasDeviceTime
            ? ByDevice(stamp.DeviceTimeUs, unbroken, arrivalUs, periodUs)
            : ByArrival(unbroken, arrivalUs);
        _endUs = startUs + durationUs;
        return startUs;
    }

    private double ByDevice(long deviceUs, bool? unbroken, double arrivalUs, double periodUs)
    {
        var startUs = clock.ToLogTime(deviceUs, arrivalUs);
        var toleranceUs = unbroken is true ? Math.Max(periodUs / 2, StampJitterUs) : periodUs / 2;
        if (_endUs is { } endUs && Math.Abs(startUs - endUs) <= toleranceUs && Math.Abs(endUs - arrivalUs) <= BehindUs)
        {
            return endUs;
        }

        var plausible = startUs <= arrivalUs + AheadUs && startUs >= arrivalUs - BehindUs;
        if (plausible && !(startUs < _endUs))
        {
            return startUs;
        }

        startUs = Behind(arrivalUs);
        clock.Set(deviceUs, startUs);
        return startUs;
    }

    private double ByArrival(bool? unbroken, double arrivalUs)
    {
        var jitterUs = unbroken is false ? 0 : ArrivalJitterUs;
        var follows = _endUs is { } endUs && arrivalUs - endUs <= jitterUs && endUs - arrivalUs <= AheadUs;
        return follows ? _endUs!.Value : arrivalUs;
    }

    /// <summary>The trace does not run over itself, unless its end is later than can be.</summary>
    private double Behind(double arrivalUs) => _endUs > arrivalUs && _endUs <= arrivalUs + AheadUs ? _endUs.Value : arrivalUs;
}
