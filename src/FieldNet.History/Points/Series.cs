using FieldNet.Telemetry.Signals;

namespace FieldNet.History.Points;

/// <summary>One signal of one device at one bed: what a trend is of.</summary>
/// <param name="Site">Site.</param>
/// <param name="Ward">Ward.</param>
/// <param name="Bed">Bed, within the ward.</param>
/// <param name="Device">Device, within the bed.</param>
/// <param name="Signal">What is measured; values are in its usual unit.</param>
public sealed record Series(string Site, string Ward, string Bed, string Device, Signal Signal);
