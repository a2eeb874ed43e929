namespace FieldNet.Bedside.Backgrounds;

/// <summary>A recording as the delay of one path: from a place in it, forwards, and at its ends mirrored, so that no jump is made.</summary>
internal sealed class PlayedDelay(DelayTrace trace, long offsetUs)
{
    public DelayTrace Trace => trace;

    public double OneWayMs(long atUs) => trace.OneWayMs(IndexAt(atUs));

    public (double RsrpDbm, double SinrDb) Radio(long atUs) => trace.Radio(IndexAt(atUs));

    private int IndexAt(long atUs)
    {
        long span = Math.Max(1, trace.DurationUs);
        long place = (offsetUs + atUs) % (2 * span);
        return trace.IndexAt(place <= span ? place : 2 * span - place);
    }
}
