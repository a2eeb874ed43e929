using static FieldNet.Detection.Budgets.FiveQiResource;

namespace FieldNet.Detection.Budgets;

/// <summary>The standardised 5QI values and their budgets.</summary>
/// <remarks>
/// Source: TS 23.501 table 5.7.4-1. Rows read in public tables of it (TR 26.925, sharetechnote) stand as they are; those marked "by memory" were not, and must be
/// compared with the standard before anybody is held to them. A class that is not here has no budget that we know: unknown, not 0.
/// </remarks>
public static class FiveQiTable
{
    /// <summary>What a bed's vitals should use, and its alarms, where a site plans nothing else (our judgement: mission-critical data, delay-sensitive signalling).</summary>
    public const uint ForVitals = 70, ForAlarms = 69;

    /// <summary>Delay that patient telemetry is held to while the class is not known (TR 22.826, telemetry inside the hospital: under 100 ms end to end).</summary>
    public const double TelemetryMs = 100;

    private static readonly FiveQiRow[] Table =
    [
        new(1, Guaranteed, 20, 100, 1e-2, null, "voice"),
        new(2, Guaranteed, 40, 150, 1e-3, null, "live video"),
        new(3, Guaranteed, 30, 50, 1e-3, null, "process automation, monitoring"),
        new(4, Guaranteed, 50, 300, 1e-6, null, "buffered video"),
        new(65, Guaranteed, 7, 75, 1e-2, null, "mission-critical push-to-talk voice"),
        new(66, Guaranteed, 20, 100, 1e-2, null, "push-to-talk voice"),
        new(67, Guaranteed, 15, 100, 1e-3, null, "mission-critical video"),
        new(5, NonGuaranteed, 10, 100, 1e-6, null, "IMS signalling"),
        new(6, NonGuaranteed, 60, 300, 1e-6, null, "buffered video, TCP"),
        new(7, NonGuaranteed, 70, 100, 1e-3, null, "voice, live video, interactive"),
        new(8, NonGuaranteed, 80, 300, 1e-6, null, "buffered video, TCP"),
        new(9, NonGuaranteed, 90, 300, 1e-6, null, "the usual default"),
        new(69, NonGuaranteed, 5, 60, 1e-6, null, "mission-critical delay-sensitive signalling"),
        new(70, NonGuaranteed, 55, 200, 1e-6, null, "mission-critical data"),
        new(79, NonGuaranteed, 65, 50, 1e-2, null, "V2X messages"),
        new(80, NonGuaranteed, 68, 10, 1e-6, null, "low-latency broadband, augmented reality"),
        new(82, DelayCritical, 19, 10, 1e-4, 255, "discrete automation"),

        // The burst of 83 and rows 84 to 86 as a whole: by memory.
        new(83, DelayCritical, 22, 10, 1e-4, 1354, "discrete automation, platooning"),
        new(84, DelayCritical, 24, 30, 1e-5, 1354, "intelligent transport"),
        new(85, DelayCritical, 21, 5, 1e-5, 255, "electricity distribution, remote driving"),
        new(86, DelayCritical, 18, 5, 1e-4, 1354, "advanced driving"),
    ];

    public static IReadOnlyList<FiveQiRow> Rows => Table;

    /// <returns>Null for a class that is not standardised, or unknown.</returns>
    public static FiveQiRow? Find(uint? fiveQi)
    {
        foreach (ref readonly var row in Table.AsSpan())
        {
            if (row.FiveQi == fiveQi)
            {
                return row;
            }
        }

        return null;
    }
}
