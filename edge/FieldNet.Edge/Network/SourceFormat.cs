namespace FieldNet.Edge.Network;

/// <summary>What a source of the 5G side speaks.</summary>
internal enum SourceFormat
{
    Gnb,
    GnbUdp,
    Open5gsAmf,
    Open5gsSmf,
    Open5gsUpf,
    Open5gsPcf,
    Prometheus,
}
