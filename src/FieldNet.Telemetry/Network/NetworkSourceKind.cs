namespace FieldNet.Telemetry.Network;

/// <summary>What a source of the 5G side is. In JSON: snake_case.</summary>
public enum NetworkSourceKind : byte
{
    Unknown = 0,
    Gnb,
    Amf,
    Smf,
    Upf,

    /// <summary>Another Prometheus endpoint, by a mapping file.</summary>
    Prometheus,

    Pcf,
}
