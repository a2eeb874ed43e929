using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A network of two beds on one cell, which has fallen silent.</summary>
internal static class FakeNetwork
{
    public static NetworkView Silent(long sequence = 7) => new()
    {
        Record = 100,
        LogTimeUs = 5_000_000,
        Sources =
        [
            new("gnb-a", NetworkSourceKind.Gnb, Reached: false, 2_000_000, 4_000_000, "connection refused", []),
            new("amf", NetworkSourceKind.Amf, Reached: true, 1_000_000, 4_500_000, "", ["gNBs 1"]),
        ],
        Paths = [Path(1), Path(2)],
        Incidents = [Incident("i1", endUs: null), Incident("i0", endUs: 3_000_000)],
        Watchdogs = [new WatchdogView("icu1", 4_000_000, [new("endpoint", 1.5), new("page", null)], Missed: false) { Sequence = sequence }],
    };

    public static IncidentView Incident(string id, long? endUs) => new(
        id, "silent", "cell", "chu/icu1/_cell-3A1F", EventSeverity.High, 2_500_000, endUs, ["icu1/bed-01", "icu1/bed-02"], Children: 2,
        [new("silent_ms", 1830.5), new("devices", 2L), new("children", new[] { "c1", "c2" }), new("p_value", double.NaN), new("core_reached", true)]);

    private static PathView Path(int bed) => new()
    {
        Bed = $"icu1/bed-{bed:00}",
        Device = "mon1",
        Chain =
        [
            new("device", "mon1", 1, "gateway", 1_000_000, null),
            new("cell", "3A1F", 0.8, "gnb-a", 1_500_000, null),
            new("five_qi", "9", 1, "amf", 1_500_000, Planned: "70"),
        ],
        Missing = ["No AMF is configured."],
        History = [new(1_500_000, "cell", "3A20", "3A1F")],
        Budget = new BudgetView { FiveQi = 9, PlannedFiveQi = 70, DelayBudgetMs = 300, DelayP98Ms = double.PositiveInfinity, ObservedS = 60, Findings = ["uses 5QI 9, planned 70"] },
        RsrpDbm = -91,
        Link = LinkGrade.Lost,
    };
}
