namespace FieldNet.Dashboard.Feed;

/// <summary>How far one device's clock is from log time; shared by its waveforms, so that they stay aligned with each other.</summary>
/// <remarks>Threading: the sequencer thread.</remarks>
internal sealed class DeviceClock
{
    private double? _offsetUs;

    /// <summary>Log time of a device time. The first call takes <paramref name="arrivalUs"/> for true.</summary>
    public double ToLogTime(long deviceUs, double arrivalUs) => deviceUs + (_offsetUs ??= arrivalUs - deviceUs);

    /// <summary>The device's clock stepped: from now on <paramref name="deviceUs"/> is <paramref name="logUs"/>.</summary>
    public void Set(long deviceUs, double logUs) => _offsetUs = logUs - deviceUs;
}
