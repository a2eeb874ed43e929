using System.Text.Json;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Radio;

/// <summary>The scheduler's figures of one period: cells, the terminals in them, and who came and went.</summary>
/// <remarks>
/// Shape: <c>cells[]</c> with <c>cell_metrics</c>, <c>ue_list[]</c>, <c>event_list[]</c>; in releases up to 24.10 these stand at the top, each terminal in a
/// <c>ue_container</c>. Units: as the code of srsRAN emits them, not as its documents say: rates in bit/s. A figure that was not observed is absent, or 0 where a
/// real 0 is not to be told from it (signal-to-noise, headroom, delays): both are unknown.
/// </remarks>
internal static class CellsFrame
{
    /// <summary>What the gNB writes for a ratio beyond its scale, in either direction.</summary>
    private const double OffScaleDb = 99.9;

    /// <returns>False if the frame is of another kind.</returns>
    public static bool TryTake(JsonElement frame, GnbPeriod period)
    {
        if (frame.Member("cells") is { ValueKind: JsonValueKind.Array } cells)
        {
            foreach (var cell in cells.EnumerateArray())
            {
                TakeCell(cell, period);
            }

            return true;
        }

        if (frame.Member("ue_list") is null && frame.Member("cell_metrics") is null && frame.Member("event_list") is null)
        {
            return false;
        }

        TakeCell(frame, period);
        return true;
    }

    private static void TakeCell(JsonElement cell, GnbPeriod period)
    {
        var ues = cell.Items("ue_list").Select(Unwrapped).ToList();
        // The older form names the cell only at its terminals.
        var pci = cell.Member("cell_metrics")?.Id("pci") ?? ues.Select(ue => ue.Id("pci")).FirstOrDefault(each => each is not null);
        if (pci is { } of && cell.Member("cell_metrics") is { } metrics)
        {
            period.Add(Cell(of, metrics, period.PrbTotal));
        }

        foreach (var ue in ues)
        {
            if (ue.Id("rnti") is { } rnti && (ue.Id("pci") ?? pci) is { } on)
            {
                period.Add(Ue(on, rnti, ue), ue.Whole("ue"), new BlockCounts(ue.Whole("dl_nof_ok"), ue.Whole("dl_nof_nok"), ue.Whole("ul_nof_ok"), ue.Whole("ul_nof_nok")));
            }
        }

        foreach (var each in cell.Items("event_list").Select(Unwrapped))
        {
            if (each.Id("rnti") is { } rnti && pci is { } at && What(each.Text("event_type")) is { } what)
            {
                period.Add(new RadioUeEvent(at, rnti, what));
            }
        }
    }

    /// <summary>The older form wraps each entry in an object with one member.</summary>
    private static JsonElement Unwrapped(JsonElement entry) => entry.Member("ue_container") ?? entry.Member("cell_events") ?? entry;

    private static CellFacts Cell(uint pci, JsonElement metrics, int? prbTotal) => new()
    {
        Pci = pci,
        PrbDlShare = Share(metrics, "pdsch_prbs_used_per_tdd_slot_idx", prbTotal),
        PrbUlShare = Share(metrics, "pusch_prbs_used_per_tdd_slot_idx", prbTotal),
        FailedPdcchAllocations = metrics.Whole("nof_failed_pdcch_allocs"),
        FailedUciAllocations = metrics.Whole("nof_failed_uci_allocs"),
        Msg3Failed = metrics.Whole("msg3_nof_nok"),
        ErrorIndications = metrics.Whole("error_indication_count"),
        LateHarqs = metrics.Whole("late_dl_harqs") is var dl && metrics.Whole("late_ul_harqs") is var ul && (dl ?? ul) is not null ? (dl ?? 0) + (ul ?? 0) : null,
        SchedulerLatencyUs = metrics.Measured("average_latency"),
    };

    /// <summary>Mean of the slots of the TDD pattern that carried anything: those of the other direction have 0 blocks and no part in it.</summary>
    private static double? Share(JsonElement metrics, string name, int? prbTotal)
    {
        if (prbTotal is not { } total || metrics.Member(name) is not { ValueKind: JsonValueKind.Array } slots)
        {
            return null;
        }

        double sum = 0;
        var used = 0;
        foreach (var slot in slots.EnumerateArray())
        {
            // More than there are: a release that counts a period's sum instead of its mean, or another cell's total.
            if (slot.ValueKind != JsonValueKind.Number || !slot.TryGetDouble(out var blocks) || blocks < 0 || blocks > total)
            {
                return null;
            }

            sum += blocks;
            used += blocks > 0 ? 1 : 0;
        }

        return used == 0 ? 0 : Math.Round(sum / used / total, 4);
    }

    private static RadioUeFacts Ue(uint pci, uint rnti, JsonElement ue) => new()
    {
        Pci = pci,
        Rnti = rnti,
        Cqi = ue.Number("cqi") is { } cqi and >= 0 and <= 15 ? cqi : null,
        // Without a transport block there was no modulation to speak of; the gNB writes 0.
        DlMcs = Sent(ue, "dl") ? ue.Number("dl_mcs") : null,
        UlMcs = Sent(ue, "ul") ? ue.Number("ul_mcs") : null,
        DlBitPerS = Rounded(ue.Number("dl_brate"), 0),
        UlBitPerS = Rounded(ue.Number("ul_brate"), 0),
        DlBufferBytes = ue.Whole("dl_bs"),
        UlBufferBytes = ue.Whole("bsr"),
        PuschSnrDb = Ratio(ue, "pusch_snr_db"),
        PucchSnrDb = Ratio(ue, "pucch_snr_db"),
        PowerHeadroomDb = ue.Measured("last_phr"),
        SchedulingRequestDelayMs = Rounded(ue.Measured("avg_sr_to_pusch_delay"), 2),
        LongestUlGapMs = ue.Measured("max_pusch_distance"),
        LongestDlGapMs = ue.Measured("max_pdsch_distance"),
        TimingAdvanceNs = Rounded(ue.Measured("ta_ns"), 0),
    };

    private static bool Sent(JsonElement ue, string direction) => ue.Whole(direction + "_nof_ok") is not 0 || ue.Whole(direction + "_nof_nok") is > 0;

    private static double? Ratio(JsonElement ue, string name) => ue.Measured(name) is { } db && Math.Abs(db) < OffScaleDb ? Math.Round(db, 1) : null;

    private static double? Rounded(double? value, int digits) => value is { } number and >= 0 ? Math.Round(number, digits) : null;

    private static string? What(string? type) => type switch
    {
        "ue_create" => "create",
        "ue_reconf" => "reconfigure",
        "ue_rem" => "remove",
        _ => null,
    };
}
