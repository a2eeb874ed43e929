using System.Globalization;
using System.Text.Json;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Core;

/// <summary>What Open5GS says of subscribers, sessions and gNBs in its JSON lists.</summary>
/// <remarks>Shape: <c>/ue-info</c> and <c>/gnb-info</c> of the AMF, <c>/pdu-info</c> of the SMF. Keys may be missing, unknown or of another type.</remarks>
internal static class Open5gsJson
{
    /// <summary>What the core writes where a slice has no differentiator (3GPP TS 23.003).</summary>
    private const string NoDifferentiator = "ffffff";

    /// <summary>Slices of one subscriber, classes of service of one session: 3GPP TS 24.501 allows eight slices.</summary>
    private const int MostOfOne = 8;

    public static IEnumerable<SubscriberFacts> Subscribers(JsonElement ue)
    {
        if (ue.Text("supi") is not { } supi)
        {
            yield break;
        }

        var (gnb, location) = (ue.Member("gnb"), ue.Member("location"));
        var slices = ue.Items("allowed_slices").Select(SliceName).OfType<string>().Distinct().Take(MostOfOne).ToList();
        yield return new SubscriberFacts(supi, ue.Text("cm_state") switch { "connected" => true, "idle" => false, _ => null })
        {
            GnbId = gnb?.Text("gnb_id") ?? location?.Member("nr_cgi")?.Text("gnb_id"),
            NrCellId = Cell(location?.Member("nr_cgi")),
            Tac = location?.Member("nr_tai")?.Id("tac"),
            LocatedUs = location?.Whole("timestamp") is { } time and > 0 ? time : null,
            RanUeNgapId = gnb?.Whole("ran_ue_ngap_id"),
            AllowedSlices = slices.Count > 0 ? slices : null,
            Pei = ue.Text("pei"),
        };
    }

    public static IEnumerable<SessionFacts> Sessions(JsonElement ue)
    {
        if (ue.Text("supi") is not { } supi)
        {
            yield break;
        }

        foreach (var session in ue.Items("pdu"))
        {
            var (slice, n3) = (session.Member("snssai"), session.Member("n3"));
            var classes = session.Items("qos_flows").Select(flow => flow.Id("5qi") ?? flow.Id("qci")).OfType<uint>().Distinct().Take(MostOfOne).ToList();
            yield return new SessionFacts(supi)
            {
                Psi = session.Id("psi") is { } psi and < 256 ? (int)psi : null,
                Dnn = session.Text("dnn") ?? session.Text("apn"),
                Ipv4 = session.Text("ipv4"),
                SliceSst = slice?.Id("sst"),
                SliceSd = Differentiator(slice),
                FiveQi = classes.Count > 0 ? classes : null,
                Active = session.Text("pdu_state") switch { "active" => true, "inactive" => false, _ => null },
                GnbAddress = Address(n3?.Member("gnb")?.Text("addr") ?? n3?.Text("gnb")),
                UpfAddress = Address(n3?.Member("upf")?.Text("addr") ?? n3?.Text("upf")),
            };
        }
    }

    public static IEnumerable<GnbFacts> Gnbs(JsonElement gnb)
    {
        var ng = gnb.Member("ng");
        if (gnb.Text("gnb_id") is { } id)
        {
            yield return new GnbFacts(id, ng?.Flag("setup_success"))
            {
                ConnectedUes = gnb.Id("num_connected_ues") is { } ues and <= int.MaxValue ? (int)ues : null,
                Peer = Address(ng?.Member("sctp")?.Text("peer")),
            };
        }
    }

    /// <summary><c>1</c> or <c>1-000001</c>.</summary>
    private static string? SliceName(JsonElement slice) => slice.Id("sst") is not { } sst ? null
        : Differentiator(slice) is { } sd ? string.Create(CultureInfo.InvariantCulture, $"{sst}-{sd}")
        : sst.ToString(CultureInfo.InvariantCulture);

    private static string? Differentiator(JsonElement? slice) =>
        slice?.Text("sd")?.ToLowerInvariant() is { Length: 6 } sd && sd != NoDifferentiator && sd.All(char.IsAsciiHexDigit) ? sd : null;

    /// <summary>A terminal that was never located has all zeros.</summary>
    private static ulong? Cell(JsonElement? identity) => identity?.Whole("nci") is { } nci and > 0 and < 1L << 36 ? (ulong)nci : null;

    /// <summary><c>[192.168.1.5]:2152</c> is <c>192.168.1.5</c>: ports of a tunnel's end say nothing.</summary>
    private static string? Address(string? text) =>
        text is ['[', ..] && text.IndexOf(']', StringComparison.Ordinal) is var end and > 1 ? text[1..end] : text;
}
