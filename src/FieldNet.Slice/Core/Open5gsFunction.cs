namespace FieldNet.Slice.Core;

/// <summary>A network function of Open5GS that tells of itself over HTTP.</summary>
public enum Open5gsFunction
{
    Amf,
    Smf,
    Upf,
    Pcf,
}
