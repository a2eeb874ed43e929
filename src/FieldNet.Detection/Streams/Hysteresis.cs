namespace FieldNet.Detection.Streams;

/// <summary>Turns a level into an on and an off that do not flutter.</summary>
/// <remarks>Shape: plain and serialisable. On once the level has stood at or above <c>on</c> for the hold time, off once it has stood below <c>off</c> as long.</remarks>
public struct Hysteresis
{
    public bool IsOn;

    /// <summary>Log time since which the level has contradicted <see cref="IsOn"/>; 0 when it agrees.</summary>
    public long ContradictedSinceUs;

    /// <returns>True when <see cref="IsOn"/> changed.</returns>
    public bool Observe(double? level, long timeUs, double on, double off, long holdUs)
    {
        var contradicts = level is { } known && (IsOn ? known < off : known >= on);
        if (!contradicts)
        {
            ContradictedSinceUs = 0;
            return false;
        }

        if (ContradictedSinceUs == 0)
        {
            ContradictedSinceUs = timeUs;
        }

        if (timeUs - ContradictedSinceUs < holdUs)
        {
            return false;
        }

        (IsOn, ContradictedSinceUs) = (!IsOn, 0);
        return true;
    }
}
