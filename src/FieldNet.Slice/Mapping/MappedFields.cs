using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Mapping;

/// <summary>The fields of a report that a mapping may set, by their names in its JSON.</summary>
public static class MappedFields
{
    private static readonly Dictionary<string, Func<CoreFacts, double, CoreFacts>> Core = new(StringComparer.Ordinal)
    {
        ["core.gnbs"] = (core, value) => core with { Gnbs = Whole(value) },
        ["core.ran_ues"] = (core, value) => core with { RanUes = Whole(value) },
        ["core.registered_subscribers"] = (core, value) => core with { RegisteredSubscribers = Whole(value) },
        ["core.registration_requests"] = (core, value) => core with { RegistrationRequests = Whole(value) },
        ["core.registration_failures"] = (core, value) => core with { RegistrationFailures = Whole(value) },
        ["core.authentication_failures"] = (core, value) => core with { AuthenticationFailures = Whole(value) },
        ["core.sessions"] = (core, value) => core with { Sessions = Whole(value) },
        ["core.session_failures"] = (core, value) => core with { SessionFailures = Whole(value) },
        ["core.pfcp_peers"] = (core, value) => core with { PfcpPeers = Whole(value) },
        ["core.n3_packets_in"] = (core, value) => core with { N3PacketsIn = Whole(value) },
        ["core.n3_packets_out"] = (core, value) => core with { N3PacketsOut = Whole(value) },
    };

    private static readonly Dictionary<string, Func<CellFacts, double, CellFacts>> Cell = new(StringComparer.Ordinal)
    {
        ["cell.prb_dl_share"] = (cell, value) => cell with { PrbDlShare = Share(value) },
        ["cell.prb_ul_share"] = (cell, value) => cell with { PrbUlShare = Share(value) },
        ["cell.failed_pdcch_allocations"] = (cell, value) => cell with { FailedPdcchAllocations = Whole(value) },
        ["cell.failed_uci_allocations"] = (cell, value) => cell with { FailedUciAllocations = Whole(value) },
        ["cell.msg3_failed"] = (cell, value) => cell with { Msg3Failed = Whole(value) },
        ["cell.error_indications"] = (cell, value) => cell with { ErrorIndications = Whole(value) },
        ["cell.late_harqs"] = (cell, value) => cell with { LateHarqs = Whole(value) },
        ["cell.scheduler_latency_us"] = (cell, value) => cell with { SchedulerLatencyUs = value },
    };

    /// <summary>Every name, for the sentence that refuses another.</summary>
    public static IEnumerable<string> Names => Core.Keys.Concat(Cell.Keys);

    /// <summary>It claims to be a field; anything else is the name of a measure.</summary>
    public static bool IsFieldName(string name) => name.StartsWith("core.", StringComparison.Ordinal) || name.StartsWith("cell.", StringComparison.Ordinal);

    public static bool IsField(string name) => Core.ContainsKey(name) || Cell.ContainsKey(name);

    internal static bool TrySet(string field, double value, ref CoreFacts? core)
    {
        if (!Core.TryGetValue(field, out var set))
        {
            return false;
        }

        core = set(core ?? new CoreFacts(), value);
        return true;
    }

    internal static CellFacts Set(string field, double value, CellFacts cell) => Cell[field](cell, value);

    private static long? Whole(double value) => value is >= 0 and < long.MaxValue ? (long)Math.Round(value) : null;

    private static double? Share(double value) => value is >= 0 and <= 1 ? Math.Round(value, 4) : null;
}
