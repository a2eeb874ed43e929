namespace FieldNet.Detection.Availability;

/// <summary>An availability as its number of nines.</summary>
public static class Nines
{
    /// <summary>What TR 22.826 asks of patient telemetry inside the hospital: 99.99999 %.</summary>
    public const double TelemetryTarget = 7;

    /// <returns>3 for 0.999; null while there was no outage at all, since observed time without one proves no number of nines.</returns>
    public static double? Of(double availability) => availability >= 1 ? null : availability <= 0 ? 0 : Math.Round(-Math.Log10(1 - availability), 2);
}
