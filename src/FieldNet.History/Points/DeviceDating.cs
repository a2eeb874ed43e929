using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;

namespace FieldNet.History.Points;

/// <summary>Tells when what a device's messages carry was measured, on the log's clock.</summary>
/// <remarks>
/// Shape: plain and serialisable. The device's clock may be off by years: only how much longer a message took than the fastest one counts.
/// A clock that steps forward makes a faster one of the next message; one that steps back shows by a message sent later at an
/// earlier time, and what was measured against is void (as in ADR 0005).
/// </remarks>
public struct DeviceDating
{
    /// <summary>Longer than this on the way, and nobody saw it live: no screen shows a number this old.</summary>
    public const long LateUs = 10_000_000;

    private const long DayUs = 86_400_000_000;

    public DelayAboveFloor Delay;

    /// <summary>The device's clock when it sent its newest live message; 0 unknown.</summary>
    public long ClockUs;

    /// <param name="moves">The message is newer than all before, as far as its sequence number tells.</param>
    /// <param name="isLate">It came in a backlog.</param>
    public long CurrentUs(in Stamp stamp, long receiveUs, bool moves, out bool isLate)
    {
        if (!stamp.Historical && moves)
        {
            Observe(stamp, receiveUs);
        }

        isLate = stamp.Historical;
        if (stamp is { HasDeviceTime: false, HasSentTime: false } || (!Delay.Known && !stamp.Historical))
        {
            return receiveUs;
        }

        // Without a live message to compare, the device's clock is taken at its word.
        var deviceUs = stamp.HasDeviceTime ? stamp.DeviceTimeUs : stamp.SentTimeUs;
        var currentUs = deviceUs + (Delay.Known ? Math.Min(Delay.FloorUs, Delay.PreviousFloorUs) : 0);
        isLate |= receiveUs - currentUs > LateUs;

        // Nothing was measured in the future.
        return Math.Min(receiveUs, currentUs);
    }

    private void Observe(in Stamp stamp, long receiveUs)
    {
        if (stamp is { HasDeviceTime: false, HasSentTime: false })
        {
            return;
        }

        var clockUs = stamp.HasSentTime ? stamp.SentTimeUs : stamp.DeviceTimeUs;
        if (clockUs <= ClockUs)
        {
            Delay = default;
        }

        ClockUs = clockUs;
        var measured = stamp;
        var lagUs = stamp.SentTimeUs - stamp.DeviceTimeUs;
        if (!stamp.HasSentTime || (stamp.HasDeviceTime && !(lagUs is >= 0 and < LateUs || (!Delay.Known && lagUs is >= 0 and < DayUs))))
        {
            // No time of sending, or one by another clock: measured against is when it was taken. (A first message may be of a backlog.)
            (measured.HasSentTime, measured.SentTimeUs) = (true, stamp.DeviceTimeUs);
        }

        Delay.Observe(measured, receiveUs);
    }
}
