using FieldNet.Slice.Core;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;
using FieldNet.TestKit;

namespace FieldNet.Slice.Tests.Core;

public sealed class Open5gsMetricsTests
{
    [Fact]
    public void Amf_ARealIdlePage_KnowsWhatItSaysAndNothingOfWhatItDoesNot()
    {
        // Series with labels (registered subscribers, failures by cause) are on the page as HELP and TYPE only.
        Assert.Equal(
            new CoreFacts { Gnbs = 0, RanUes = 0, RegistrationRequests = 0, Sessions = 0 },
            Open5gsMetrics.Amf(Recorded("amf")));
    }

    [Fact]
    public void Upf_ARealIdlePage_DoesNotTakeItsPacketCountersFor0()
    {
        Assert.Equal(new CoreFacts { Sessions = 0 }, Open5gsMetrics.Upf(Recorded("upf")));
    }

    [Fact]
    public void Amf_SeriesWithLabels_AreSummed()
    {
        var page = Page("""
            fivegs_amffunction_rm_registeredsubnbr{plmnid="00101",snssai="1000009"} 3
            fivegs_amffunction_rm_registeredsubnbr{plmnid="00101",snssai="2000001"} 4
            fivegs_amffunction_rm_reginitfail{cause="11"} 2
            fivegs_amffunction_amf_authfail{cause="20"} NaN
            gnb 2
            """);

        Assert.Equal(new CoreFacts { Gnbs = 2, RegisteredSubscribers = 7, RegistrationFailures = 2 }, Open5gsMetrics.Amf(page));
    }

    [Fact]
    public void SmfAndUpf_AtWork_AreRead()
    {
        Assert.Equal(
            new CoreFacts { Sessions = 5, SessionFailures = 1, PfcpPeers = 1 },
            Open5gsMetrics.Smf(Page("fivegs_smffunction_sm_sessionnbr{plmnid=\"00101\",snssai=\"1\"} 5\nfivegs_smffunction_sm_pdusessioncreationfail{cause=\"26\"} 1\npfcp_peers_active 1\npfcp_sessions_active 9\n")));
        Assert.Equal(
            new CoreFacts { Sessions = 2, PfcpPeers = 0, N3PacketsIn = 17, N3PacketsOut = 4 },
            Open5gsMetrics.Upf(Page("fivegs_upffunction_upf_sessionnbr 2\npfcp_peers_active 0\nfivegs_ep_n3_gtp_indatapktn3upf 17\nfivegs_ep_n3_gtp_outdatapktn3upf 4\n")));
    }

    [Fact]
    public void Pcf_ItsCounts_AreMeasures() =>
        Assert.Equal([new NetworkMeasure("fivegs_pcffunction_pa_sessionnbr", "", 3)], Open5gsMetrics.Pcf(Page("fivegs_pcffunction_pa_sessionnbr{plmnid=\"00101\"} 3\n"))!);

    [Theory]
    [InlineData("<html><body>It works</body></html>")]
    [InlineData("")]
    public void Page_ThatHoldsNoMetric_IsAFailure(string text) => Assert.Throws<NetworkSourceException>(() => Page(text));

    private static MetricsPage Page(string text) => new(text, new ReaderCounts());

    private static MetricsPage Recorded(string function)
    {
        var path = SharedData.Find($"metrics/{function}_metrics.prom");
        Assert.SkipUnless(path is not null, SharedData.Absent);
        return Page(File.ReadAllText(path));
    }
}
