namespace FieldNet.Dashboard.History;

/// <summary>One signal of one device at a bed, of which there is a trend.</summary>
/// <param name="Device">Name of the device, within the bed.</param>
/// <param name="Signal">MDC reference id.</param>
/// <param name="Unit">UCUM.</param>
/// <param name="Decimals">Digits after the point on a screen.</param>
/// <param name="FirstMs">Time of the oldest value kept.</param>
/// <param name="LastMs">Time of the newest.</param>
public sealed record SeriesDto(
    string Device, string Signal, string Unit, string LabelEn, string LabelFr, int Decimals, long FirstMs, long LastMs);
