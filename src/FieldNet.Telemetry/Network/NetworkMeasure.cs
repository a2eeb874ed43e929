namespace FieldNet.Telemetry.Network;

/// <summary>One number of a source that has no field of its own.</summary>
/// <param name="Name">TS 28.552 name where there is one (<c>RRU.PrbUsedDl</c>), else the source's.</param>
/// <param name="Of">What it is of (<c>pci=1</c>, <c>slice=1-000001</c>), or empty.</param>
public sealed record NetworkMeasure(string Name, string Of, double Value);
