using System.Text;
using FieldNet.Slice.Radio;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;
using FieldNet.TestKit;

namespace FieldNet.Slice.Tests.Radio;

/// <summary>What becomes of a gNB's frames: a recorded gNB, and each trap between srsRAN's documents and its code.</summary>
public sealed class GnbReportsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ReaderCounts _counts = new();
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Take_FramesOfARealGnb_GiveOneReportWithWhatTheyMeasured()
    {
        var frames = SharedData.Find("metrics/srsran_ws_frames.jsonl");
        Assert.SkipUnless(frames is not null, SharedData.Absent);
        var gnb = new GnbReports("gnb-a", prbTotal: 106, Second, _counts);

        var reports = File.ReadAllLines(frames).Where(line => line.Length > 0).Select(line => gnb.Take(Encoding.UTF8.GetBytes(line), _now)).OfType<NetworkReport>().ToList();

        // The link layer's frame comes first and closes nothing: its figures stand in the report that the scheduler's frame closes.
        var ue = Assert.Single(Assert.Single(reports).RadioUes!);
        Assert.Equal(
            new RadioUeFacts
            {
                Pci = 1, Rnti = 17921, Cqi = 14, DlMcs = 27, UlMcs = 27, DlBitPerS = 11_312_392, UlBitPerS = 169_600, DlBlockErrorShare = 0, UlBlockErrorShare = 0,
                DlBufferBytes = 3008, UlBufferBytes = 0, PuschSnrDb = 27.1, PucchSnrDb = 9.1, PowerHeadroomDb = -4, SchedulingRequestDelayMs = 10,
                LongestUlGapMs = 40, LongestDlGapMs = 10, DlQueueDelayMs = 2.85, DlPacketsDropped = 0, UlPiecesLost = 0, TimingAdvanceNs = 297,
            },
            ue);
        Assert.Equal(
            new CellFacts
            {
                Pci = 1, PrbDlShare = 0.0849, PrbUlShare = 0.0094, FailedPdcchAllocations = 0, FailedUciAllocations = 28, Msg3Failed = 0, ErrorIndications = 0,
                LateHarqs = 0, SchedulerLatencyUs = 29,
            },
            Assert.Single(reports[0].Cells!));
        Assert.Equal(0, _counts.Malformed);
    }

    [Theory]
    [InlineData("{}", "nothing was observed")]
    [InlineData("""{"pusch_snr_db":0,"pucch_snr_db":0.0,"last_phr":0,"avg_sr_to_pusch_delay":0.0,"ta_ns":0,"max_pusch_distance":0}""", "0 stands for nothing observed")]
    [InlineData("""{"pusch_snr_db":99.9,"pucch_snr_db":-99.9}""", "off the scale in either direction")]
    [InlineData("""{"cqi":"high","pusch_snr_db":"NaN","last_phr":null,"avg_sr_to_pusch_delay":{},"ta_ns":[]}""", "other types")]
    [InlineData("""{"cqi":-1,"dl_brate":-5,"dl_bs":-1,"bsr":1e300,"dl_mcs":0,"dl_nof_ok":0,"dl_nof_nok":0,"ul_mcs":0,"ul_nof_ok":0,"ul_nof_nok":0}""", "impossible, or of no transport block")]
    public void Take_ATerminalOfWhichNothingIsKnown_SaysNothingOfIt(string fields, string why)
    {
        var ue = Assert.Single(Report($$"""{"cells":[{"cell_metrics":{"pci":1},"ue_list":[{"pci":1,"rnti":7,{{fields[1..]}}]}]}""".Replace(",}", "}", StringComparison.Ordinal))!.RadioUes!);

        Assert.True(new RadioUeFacts { Pci = 1, Rnti = 7 } == ue, $"{why}: {ue}");
    }

    [Fact]
    public void Take_TransportBlocks_GiveTheShareOfThoseThatFailed()
    {
        var ue = Assert.Single(Report("""{"cells":[{"ue_list":[{"pci":1,"rnti":7,"dl_nof_ok":30,"dl_nof_nok":10,"ul_nof_ok":0,"ul_nof_nok":0}]}]}""")!.RadioUes!);

        Assert.Equal((0.25, null), (ue.DlBlockErrorShare, ue.UlBlockErrorShare));
    }

    [Theory]
    [InlineData(null, "[50,50]", null)]
    [InlineData(100, null, null)]
    [InlineData(100, "[50,100,0,0]", 0.75)]
    [InlineData(100, "[0,0,0,0]", 0.0)]
    [InlineData(100, "[50,20100]", null)]
    [InlineData(100, "[50,\"x\"]", null)]
    public void Take_ResourceBlocks_AreAShareOnlyOfATotalThatIsKnown(int? total, string? slots, double? share)
    {
        var metrics = slots is null ? "" : $",\"pdsch_prbs_used_per_tdd_slot_idx\":{slots}";

        Assert.Equal(share, Assert.Single(Report($$$"""{"cells":[{"cell_metrics":{"pci":3{{{metrics}}}}}]}""", total)!.Cells!).PrbDlShare);
    }

    [Fact]
    public void Take_TheOlderForm_IsReadTheSame()
    {
        const string Frame = """
            {"timestamp":1720337866.92,
             "cell_metrics":{"error_indication_count":2,"average_latency":31,"msg3_nof_nok":1},
             "ue_list":[{"ue_container":{"pci":1,"rnti":17921,"cqi":15,"dl_brate":17000.0,"pusch_snr_db":nan,"pusch_rsrp_db":-inf,"last_phr":18}}],
             "event_list":[{"cell_events":{"sfn":5,"slot_index":3,"rnti":17921,"event_type":"ue_create"}}]}
            """;

        var report = Report(Frame)!;

        Assert.Equal(new RadioUeFacts { Pci = 1, Rnti = 17921, Cqi = 15, DlBitPerS = 17_000, PowerHeadroomDb = 18 }, Assert.Single(report.RadioUes!));
        Assert.Equal(new CellFacts { Pci = 1, ErrorIndications = 2, Msg3Failed = 1, SchedulerLatencyUs = 31 }, Assert.Single(report.Cells!));
        Assert.Equal(new RadioUeEvent(1, 17921, "create"), Assert.Single(report.RadioEvents!));
        Assert.Equal(0, _counts.Malformed);
    }

    [Fact]
    public void Take_FramesOfOneSecond_AreOneReport()
    {
        var gnb = new GnbReports("gnb-a", null, Second, _counts);
        Assert.NotNull(Take(gnb, Cells(1, ok: 5, bad: 5)));

        // Four frames of a gNB that reports five times a second, then the one that closes the second.
        Assert.All(Enumerable.Range(1, 4), _ => Assert.Null(Take(gnb, Cells(0.2, ok: 10, bad: 0))));
        var report = Take(gnb, Cells(0.2, ok: 10, bad: 50));

        Assert.Equal((0.5, 5), (Assert.Single(report!.RadioUes!).DlBlockErrorShare, Assert.Single(report.Cells!).Msg3Failed));
        Assert.Equal(5, report.RadioEvents!.Count);
    }

    [Fact]
    public void Take_NoTerminalOnTheAir_SaysThatThereIsNone()
    {
        Assert.Empty(Report("""{"cells":[{"cell_metrics":{"pci":1}}]}""")!.RadioUes!);
    }

    [Fact]
    public void Take_TheControlPlane_SaysWhetherTheCoreIsThere()
    {
        const string Frame = """
            {"cu-cp":{"id":"gnb","ngaps":{"ngap":[{"amf_name":"amf0","connected":false,"pdu_session_management":{"s-nssai":"(sst=1 sd=na)",
              "nof_pdu_sessions_requested_to_setup":4,"nof_pdu_sessions_successfully_setup":3,"nof_pdu_sessions_failed_to_setup":{"radio":1}}}],
              "nof_handover_preparations_requested":2},
             "rrcs":{"du":[{"gnb_du_id":0,"rrc_connection_number":{"mean_nof_rrc_connections":2.5,"max_nof_rrc_connections":3},
              "rrc_connection_reestablishment":{"attempted_rrc_connection_reestablishments":7}}]}},"timestamp":"2026-05-15T14:23:28.476"}
            """;

        var gnb = new GnbReports("gnb-a", null, Second, _counts);
        Assert.Null(Take(gnb, (Frame, 0)));
        var report = Take(gnb, (Frame, 1.5))!;

        Assert.False(report.AmfConnected);
        Assert.Null(report.RadioUes);
        Assert.Equal(
            [
                new("MM.HoPrepInterReq", "", 2), new("RRC.ConnMax", "du=0", 3), new("RRC.ConnMean", "du=0", 2.5), new("RRC.ReEstabAtt", "du=0", 7),
                new("SM.PDUSessionSetupFail", "slice=1", 1), new("SM.PDUSessionSetupReq", "slice=1", 4), new("SM.PDUSessionSetupSucc", "slice=1", 3),
            ],
            report.Measures!);
    }

    [Fact]
    public void Take_WhatIsNoMetricFrame_IsNoReport()
    {
        Assert.Null(Report("""{"cmd":"metrics_subscribe","timestamp":"2026-05-15T14:23:28.476"}"""));
        Assert.Null(Report("""{"buffer_pool":{"central_cache_size":1047200}}"""));
        Assert.Equal(0, _counts.Malformed);
        Assert.Null(Report("not JSON"));
        Assert.Null(Report("[1,2]"));
        Assert.Null(Report("""{"cells":"""));
        Assert.Null(Report("""{"cells":[{"event_list":[{"event_type":"\ud800","rnti":1}],"cell_metrics":{"pci":1}}]}"""));
        Assert.Equal(4, _counts.Malformed);
    }

    [Fact]
    public void Take_ARefusedSubscription_IsAFailureInItsWords()
    {
        var why = Assert.Throws<NetworkSourceException>(() => Report("""{"error":"Unknown command type: metrics_subscribe","cmd":"metrics_subscribe"}"""));

        Assert.Contains("Unknown command type", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_MoreThanAReportHolds_IsCutAndCounted()
    {
        var ues = string.Join(',', Enumerable.Range(1, 500).Select(rnti => $$"""{"pci":1,"rnti":{{rnti}}}"""));

        var report = Report($$"""{"cells":[{"ue_list":[{{ues}}]}]}""")!;

        Assert.Equal((128, 372), (report.RadioUes!.Count, report.LeftOut));
        Assert.True(report.ToJson().Length < 64 * 1024);
    }

    [Fact]
    public void Take_AnyBytes_NeverThrows()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        var frame = Encoding.UTF8.GetBytes(Cells(0, 5, 5).Frame);
        var gnb = new GnbReports("gnb-a", 106, Second, _counts);
        for (var round = 0; round < 20_000; round++)
        {
            var torn = (byte[])frame.Clone();
            for (var i = 0; i < random.Next(1, 4); i++)
            {
                torn[random.Next(torn.Length)] = (byte)random.Next(256);
            }

            _now += Second;
            Assert.Null(Record.Exception(() => gnb.Take(torn.AsMemory(0, random.Next(torn.Length + 1)), _now)));
        }
    }

    private static (string Frame, double After) Cells(double after, int ok, int bad) => (
        $$"""{"cells":[{"cell_metrics":{"pci":1,"msg3_nof_nok":1},"ue_list":[{"pci":1,"rnti":7,"dl_nof_ok":{{ok}},"dl_nof_nok":{{bad}}}],"event_list":[{"event_type":"ue_reconf","rnti":7,"slot":"1.2"}]}]}""",
        after);

    private NetworkReport? Take(GnbReports gnb, (string Frame, double After) frame)
    {
        _now += frame.After * Second;
        return gnb.Take(Encoding.UTF8.GetBytes(frame.Frame), _now);
    }

    private NetworkReport? Report(string frame, int? prbTotal = null) => new GnbReports("gnb-a", prbTotal, Second, _counts).Take(Encoding.UTF8.GetBytes(frame), _now);
}
