using System.Text.Json;
using FieldNet.Slice.Core;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Core;

/// <summary>The lists of Open5GS as its code writes them (2.7.6), and with keys missing or of another type.</summary>
public sealed class Open5gsJsonTests
{
    [Fact]
    public void Subscribers_AConnectedTerminal_IsKnownWithItsCell()
    {
        var subscriber = Assert.Single(Open5gsJson.Subscribers(Json("""
            {"supi":"imsi-001010000056492","suci":"suci-0-001-01-0000-1-1-85731c","pei":"imeisv-3535938300494715","cm_state":"connected",
             "guti":"00101-030080-CC00007AB","m_tmsi":3221227435,
             "gnb":{"ostream_id":1,"amf_ue_ngap_id":2,"ran_ue_ngap_id":39,"gnb_id":100,"cell_id":1},
             "location":{"timestamp":1758733375895512,"nr_tai":{"plmn":"99970","tac_hex":"000001","tac":1},"nr_cgi":{"plmn":"99970","nci":1638401,"gnb_id":100,"cell_id":1}},
             "ambr":{"downlink":1000000000,"uplink":1000000000},"requested_slices":[{"sst":1,"sd":"ffffff"}],
             "allowed_slices":[{"sst":1,"sd":"ffffff"},{"sst":2,"sd":"00000A"}]}
            """)));

        Assert.Equal(["1", "2-00000a"], subscriber.AllowedSlices!);
        Assert.Equal(
            new SubscriberFacts("imsi-001010000056492", true) { GnbId = "100", NrCellId = 1638401, Tac = 1, LocatedUs = 1758733375895512, RanUeNgapId = 39, Pei = "imeisv-3535938300494715" },
            subscriber with { AllowedSlices = null });
    }

    [Fact]
    public void Subscribers_ATerminalThatWasNeverSeen_HasNoCell()
    {
        var subscriber = Assert.Single(Open5gsJson.Subscribers(Json("""
            {"supi":"imsi-1","cm_state":"idle","gnb":{"ostream_id":0,"status":"not-connected"},"location":{"timestamp":0,"nr_cgi":{"plmn":"000000","nci":0}},"allowed_slices":[{}]}
            """)));

        Assert.Equal(new SubscriberFacts("imsi-1", false), subscriber);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"supi":null}""")]
    [InlineData("17")]
    [InlineData("""{"supi":""}""")]
    public void Subscribers_OneWithoutAName_IsNone(string ue)
    {
        Assert.Empty(Open5gsJson.Subscribers(Json(ue)));
        Assert.Empty(Open5gsJson.Sessions(Json(ue)));
        Assert.Empty(Open5gsJson.Gnbs(Json(ue)));
    }

    [Fact]
    public void Sessions_OfOneSubscriber_AreTheJoinOfAddressSliceAndClass()
    {
        var sessions = Open5gsJson.Sessions(Json("""
            {"supi":"imsi-999700000083810","pdu":[
              {"psi":1,"dnn":"internet","ipv4":"10.45.0.10","snssai":{"sst":1,"sd":"000001"},"qos_flows":[{"qfi":1,"5qi":9},{"qfi":2,"5qi":69}],
               "n3":{"gnb":{"teid":76,"addr":"[192.168.168.100]:2152"},"upf":{"teid":11426,"addr":"[192.168.168.7]:2152","pdr_id":2}},"pdu_state":"inactive"},
              {"psi":300,"apn":"ims","snssai":"1","qos_flows":[{"ebi":5,"qci":5}],"n3":null,"pdu_state":"unknown"}],"ue_activity":"idle"}
            """)).ToList();

        Assert.Equal([9u, 69u], sessions[0].FiveQi!);
        Assert.Equal(
            new SessionFacts("imsi-999700000083810") { Psi = 1, Dnn = "internet", Ipv4 = "10.45.0.10", SliceSst = 1, SliceSd = "000001", Active = false, GnbAddress = "192.168.168.100", UpfAddress = "192.168.168.7" },
            sessions[0] with { FiveQi = null });
        Assert.Equal(new SessionFacts("imsi-999700000083810") { Dnn = "ims" }, sessions[1] with { FiveQi = null });
    }

    [Fact]
    public void Gnbs_ASetupThatWentWell_IsSaid()
    {
        Assert.Equal(
            new GnbFacts("100", true) { ConnectedUes = 2, Peer = "192.168.168.100" },
            Assert.Single(Open5gsJson.Gnbs(Json("""{"gnb_id":100,"plmn":"99970","ng":{"sctp":{"peer":"[192.168.168.100]:60110"},"setup_success":true},"num_connected_ues":2}"""))));
        Assert.Equal(new GnbFacts("7", null), Assert.Single(Open5gsJson.Gnbs(Json("""{"gnb_id":"7"}"""))));
    }

    private static JsonElement Json(string text)
    {
        using var read = JsonDocument.Parse(text);
        return read.RootElement.Clone();
    }
}
