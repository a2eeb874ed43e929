using FieldNet.Telemetry.Messages;

namespace FieldNet.Detection.Streams;

/// <summary>One-way delay of a device's messages above the fastest one seen: what remains when the clocks' offset is unknown.</summary>
/// <remarks>
/// Shape: plain and serialisable. Units: microseconds inside, milliseconds out. The floor is the smallest raw delay of the
/// last 5 to 10 minutes, so that a drifting clock does not grow a delay. Source: minimum filtering as in RFC 5905 section 10.
/// </remarks>
public struct DelayAboveFloor
{
    private const long FloorSpanUs = 300_000_000;
    private const long WindowUs = 1_000_000;

    public bool Known;
    public long FloorUs;
    public long PreviousFloorUs;
    public long FloorSinceUs;
    public long WindowSinceUs;
    public long WindowSumUs;
    public int WindowCount;

    /// <summary>Mean of the last whole second that had messages; null while unknown.</summary>
    public double? Ms;

    /// <summary>What carries a device time to the log's clock: the clocks' offset with the shortest way there; 0 while unknown.</summary>
    public readonly long FloorOffsetUs => Known ? Math.Min(FloorUs, PreviousFloorUs) : 0;

    public void Observe(in Stamp stamp, long receiveUs)
    {
        if (!stamp.HasSentTime || stamp.Historical)
        {
            return;
        }

        var raw = receiveUs - stamp.SentTimeUs;
        LowerFloor(raw, receiveUs);
        if (WindowCount > 0 && receiveUs - WindowSinceUs >= WindowUs)
        {
            Ms = Math.Round(Math.Max(0, ((double)WindowSumUs / WindowCount) - Math.Min(FloorUs, PreviousFloorUs)) / 1000, 1);
            (WindowSumUs, WindowCount) = (0, 0);
        }

        if (WindowCount == 0)
        {
            WindowSinceUs = receiveUs;
        }

        WindowSumUs += raw;
        WindowCount++;
    }

    /// <summary>How much longer this message took than the fastest one, microseconds; 0 while unknown.</summary>
    public readonly long OfUs(in Stamp stamp, long receiveUs) =>
        Known && stamp.HasSentTime ? Math.Max(0, receiveUs - stamp.SentTimeUs - Math.Min(FloorUs, PreviousFloorUs)) : 0;

    /// <summary>The device's clock has moved by so much against the log's: what delays are measured against goes with it.</summary>
    public void Move(long byUs)
    {
        FloorUs += byUs;
        PreviousFloorUs += byUs;
    }

    private void LowerFloor(long raw, long receiveUs)
    {
        if (!Known)
        {
            (Known, FloorUs, PreviousFloorUs, FloorSinceUs) = (true, raw, raw, receiveUs);
        }
        else if (receiveUs - FloorSinceUs >= FloorSpanUs)
        {
            (PreviousFloorUs, FloorUs, FloorSinceUs) = (FloorUs, raw, receiveUs);
        }

        FloorUs = Math.Min(FloorUs, raw);
    }
}
