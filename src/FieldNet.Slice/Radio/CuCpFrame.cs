using System.Text.Json;
using System.Text.RegularExpressions;

namespace FieldNet.Slice.Radio;

/// <summary>The control plane's figures: is the core there, and how do attachments, sessions and handovers go.</summary>
/// <remarks>Shape: <c>cu-cp</c> with <c>ngaps.ngap[]</c> and <c>rrcs.du[]</c>. Names of measures: TS 28.552.</remarks>
internal static partial class CuCpFrame
{
    /// <returns>False if the frame is of another kind.</returns>
    public static bool TryTake(JsonElement frame, GnbPeriod period)
    {
        if (frame.Member("cu-cp") is not { } plane)
        {
            return false;
        }

        if (plane.Member("ngaps") is { } ngaps)
        {
            TakeNgap(ngaps, period);
        }

        if (plane.Member("rrcs") is { } rrcs)
        {
            TakeRrc(rrcs, period);
        }

        return true;
    }

    private static void TakeNgap(JsonElement ngaps, GnbPeriod period)
    {
        var amfs = ngaps.Items("ngap").ToList();
        var connections = amfs.Select(amf => amf.Flag("connected")).ToList();
        if (connections.Any(each => each is not null))
        {
            // One of several is enough for the cell to serve.
            period.AmfConnected = connections.Contains(true);
        }

        foreach (var session in amfs.SelectMany(Sessions))
        {
            var of = Slice(session.Text("s-nssai"));
            period.Set("SM.PDUSessionSetupReq", of, session.Number("nof_pdu_sessions_requested_to_setup"));
            period.Set("SM.PDUSessionSetupSucc", of, session.Number("nof_pdu_sessions_successfully_setup"));
            period.Set("SM.PDUSessionSetupFail", of, Failures(session));
        }

        period.Set("PAG.CnInitiated", "", Sum(amfs.Select(amf => amf.Member("paging_measurement")?.Number("nof_cn_initiated_paging_requests"))));
        period.Set("MM.HoPrepInterReq", "", ngaps.Number("nof_handover_preparations_requested"));
        period.Set("MM.HoPrepInterSucc", "", ngaps.Number("nof_successful_handover_preparations"));
    }

    private static void TakeRrc(JsonElement rrcs, GnbPeriod period)
    {
        foreach (var du in rrcs.Items("du"))
        {
            var of = du.Text("gnb_du_id") is { } id ? $"du={id}" : "";
            var (number, attach, again) = (du.Member("rrc_connection_number"), du.Member("rrc_connection_establishment"), du.Member("rrc_connection_reestablishment"));
            period.Set("RRC.ConnMean", of, number?.Number("mean_nof_rrc_connections"));
            period.Set("RRC.ConnMax", of, number?.Number("max_nof_rrc_connections"));
            period.Set("RRC.ConnEstabAtt", of, attach?.Number("attempted_rrc_connection_establishments"));
            period.Set("RRC.ConnEstabSucc", of, attach?.Number("successful_rrc_connection_establishments"));
            period.Set("RRC.ReEstabAtt", of, again?.Number("attempted_rrc_connection_reestablishments"));
            period.Set("RRC.ReEstabSuccWithUeContext", of, again?.Number("successful_rrc_connection_reestablishments_with_ue_context"));
            period.Set("RRC.ReEstabSuccWithoutUeContext", of, again?.Number("successful_rrc_connection_reestablishments_without_ue_context"));
        }

        period.Set("MM.HoExeInterReq", "", rrcs.Number("nof_handover_executions_requested"));
        period.Set("MM.HoExeInterSucc", "", rrcs.Number("nof_successful_handover_executions"));
    }

    /// <summary>One entry per slice: an array, or a single object.</summary>
    private static IEnumerable<JsonElement> Sessions(JsonElement amf) => amf.Member("pdu_session_management") switch
    {
        { ValueKind: JsonValueKind.Array } all => all.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private static double? Failures(JsonElement session) => session.Member("nof_pdu_sessions_failed_to_setup") switch
    {
        { ValueKind: JsonValueKind.Object } causes => causes.EnumerateObject().Sum(cause => causes.Number(cause.Name) ?? 0),
        { ValueKind: JsonValueKind.Array } causes => Sum(causes.EnumerateArray().Select(cause => cause.Number("count"))),
        _ => session.Number("nof_pdu_sessions_failed_to_setup"),
    };

    private static double? Sum(IEnumerable<double?> all) => all.Aggregate((double?)null, (sum, each) => each is null ? sum : (sum ?? 0) + each);

    /// <summary><c>(sst=1 sd=na)</c> is <c>slice=1</c>.</summary>
    private static string Slice(string? nssai) => SliceWords().Match(nssai ?? "") is { Success: true } words
        ? words.Groups["sd"].Value is "" or "na" ? $"slice={words.Groups["sst"].Value}" : $"slice={words.Groups["sst"].Value}-{words.Groups["sd"].Value}"
        : "";

    [GeneratedRegex(@"sst=(?<sst>\d+)(?:\W+sd=(?<sd>\w+))?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SliceWords();
}
