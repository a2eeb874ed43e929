using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Core;

/// <summary>What the metrics of Open5GS mean. A series with labels is absent until its first event: unknown then, not 0.</summary>
internal static class Open5gsMetrics
{
    public static CoreFacts Amf(MetricsPage page) => new()
    {
        Gnbs = page.Count("gnb"),
        RanUes = page.Count("ran_ue"),
        RegisteredSubscribers = page.Count("fivegs_amffunction_rm_registeredsubnbr"),
        RegistrationRequests = page.Count("fivegs_amffunction_rm_reginitreq"),
        RegistrationFailures = page.Count("fivegs_amffunction_rm_reginitfail"),
        AuthenticationFailures = page.Count("fivegs_amffunction_amf_authfail"),
        Sessions = page.Count("amf_session"),
    };

    public static CoreFacts Smf(MetricsPage page) => new()
    {
        Sessions = page.Count("fivegs_smffunction_sm_sessionnbr") ?? page.Count("pfcp_sessions_active"),
        SessionFailures = page.Count("fivegs_smffunction_sm_pdusessioncreationfail"),
        PfcpPeers = page.Count("pfcp_peers_active"),
    };

    /// <summary>Some versions never count packets on N3: a 0 there may be either.</summary>
    public static CoreFacts Upf(MetricsPage page) => new()
    {
        Sessions = page.Count("fivegs_upffunction_upf_sessionnbr"),
        SessionFailures = page.Count("fivegs_upffunction_sm_n4sessionestabfail"),
        PfcpPeers = page.Count("pfcp_peers_active"),
        N3PacketsIn = page.Counted("fivegs_ep_n3_gtp_indatapktn3upf"),
        N3PacketsOut = page.Counted("fivegs_ep_n3_gtp_outdatapktn3upf"),
    };

    public static IReadOnlyList<NetworkMeasure>? Pcf(MetricsPage page)
    {
        string[] names = ["fivegs_pcffunction_pa_sessionnbr", "fivegs_pcffunction_pa_policyamassoreq", "fivegs_pcffunction_pa_policyamassosucc", "fivegs_pcffunction_pa_policysmassoreq", "fivegs_pcffunction_pa_policysmassosucc"];
        var measures = names.Where(name => page.Sum(name) is not null).Select(name => new NetworkMeasure(name, "", page.Sum(name)!.Value)).ToList();
        return measures.Count > 0 ? measures : null;
    }
}
