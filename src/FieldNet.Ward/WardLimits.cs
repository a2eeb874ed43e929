namespace FieldNet.Ward;

/// <summary>How much of a ward one agent keeps; what is beyond is refused by name, so that a sender of random topics can't exhaust memory.</summary>
internal static class WardLimits
{
    public const int Beds = 1_024;
    public const int DevicesPerBed = 16;
    public const int WavesPerDevice = 64;
}
