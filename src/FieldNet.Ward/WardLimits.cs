namespace FieldNet.Ward;

/// <summary>How much of a ward one agent keeps; what is beyond is refused by name, so that a sender of random topics can't exhaust memory.</summary>
internal static class WardLimits
{
    public const int Beds = 1_024;
    public const int DevicesPerBed = 16;
    public const int WavesPerDevice = 64;
    public const int Gateways = 1_024;
    public const int ServedPerGateway = 256;
    public const int Cells = 256;
    public const int Slices = 64;
    public const int NetworkSources = 64;
    public const int Terminals = 512;
    public const int Probes = 256;

    /// <summary>Entries of one list in a report of the 5G side.</summary>
    public const int ReportEntries = 2_048;

    /// <summary>Former values that are kept of one chain.</summary>
    public const int IdentityChanges = 20;

    /// <summary>Length of a name or an address that a message may give the join.</summary>
    public const int IdentityText = 128;
}
