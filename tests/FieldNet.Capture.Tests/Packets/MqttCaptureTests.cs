using FieldNet.Capture.Packets;

namespace FieldNet.Capture.Tests.Packets;

/// <summary>Connections as networks and captures mangle them.</summary>
public sealed class MqttCaptureTests
{
    private const string Connect = "100D00044D5154540402003C000163";
    private const string ConnAck = "20020000";
    private const string Publish = "3205000174" + "0001";
    private const string PubAck = "40020001";
    private const string Disconnect = "E000";

    /// <summary>The frames of <see cref="Session"/>: handshake 0 to 2, then these.</summary>
    private const int FirstPublish = 5;

    [Theory]
    [InlineData(1883, false)]
    [InlineData(8884, false)]
    [InlineData(50_001, true)]
    public void Read_WholeConnectionOnAnyPort_CountsEachPacket(int port, bool isIpv6) =>
        AssertWhole(Session(port, isIpv6).Inspect());

    [Theory]
    [InlineData(LinkType.Ethernet, "0000000000000000000000000800")]
    [InlineData(LinkType.Ethernet, "00000000000000000000000081000005" + "0800")]
    [InlineData(LinkType.Ethernet, "00000000000000000000000088A8000581000007" + "0800")]
    [InlineData(LinkType.LinuxCooked, "00000001000600000000000000000800")]
    [InlineData(LinkType.LinuxCooked2, "0800000000000001000100060000000000000000")]
    [InlineData(LinkType.LinuxCooked2, "8100000000000001000100060000000000000000" + "00050800")]
    [InlineData(LinkType.LinuxCooked, "00000001000600000000000000008100" + "00050800")]
    [InlineData(LinkType.Null, "02000000")]
    [InlineData(LinkType.Loop, "00000002")]
    [InlineData(LinkType.Raw, "")]
    [InlineData(LinkType.RawIpv4, "")]
    public void Read_EachLinkType_FindsTheSame(LinkType link, string header) =>
        AssertWhole(CaptureScript.Inspect(Session().ToPcap(link, Convert.FromHexString(header), padding: new byte[6])));

    [Theory]
    [InlineData(LinkType.Ethernet, "00000000000000000000000086DD")]
    [InlineData(LinkType.Ethernet, "000000000000000000000000810000" + "0586DD")]
    [InlineData(LinkType.LinuxCooked2, "86DD000000000001000100060000000000000000")]
    [InlineData(LinkType.Null, "1E000000")]
    [InlineData(LinkType.RawIpv6, "")]
    public void Read_Ipv6OnEachLinkType_FindsTheSame(LinkType link, string header) =>
        AssertWhole(CaptureScript.Inspect(Session(isIpv6: true).ToPcap(link, Convert.FromHexString(header))));

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    // A sequence number, and a PDU session container as extension header.
    [InlineData(false, "00010085" + "01000900")]
    public void Read_WithinGtp_FindsTheSame(bool isIpv6, string options) =>
        AssertWhole(Session(isIpv6: isIpv6).ThroughGtp(options).Inspect());

    [Fact]
    public void Read_LinkTypeThatIsNotKnown_IsNamed()
    {
        var found = CaptureScript.Inspect(Session().ToPcap((LinkType)105));

        Assert.Equal((0, Session().Count), (found.Mqtt.Connections, (int)found.UnreadLinkTypes["105"]));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Read_EitherByteOrderAndResolution_HasTheSameTimes(bool isBigEndian, bool isNanoseconds)
    {
        var found = CaptureScript.Inspect(Session().ToPcap(isBigEndian: isBigEndian, isNanoseconds: isNanoseconds));

        AssertWhole(found);
        Assert.Equal(("pcap", "2023-11-14T22:13:20.001000Z", "2023-11-14T22:13:20.012000Z"), (found.Format, found.First, found.Last));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_PcapNg_FindsTheSame(bool isBigEndian)
    {
        var found = CaptureScript.Inspect(Session().ToPcapNg(isBigEndian));

        AssertWhole(found);
        // 2^-20 s is just under a microsecond.
        Assert.Equal(("pcapng", "2023-11-14T22:13:20.000999Z"), (found.Format, found.First));
    }

    [Fact]
    public void Read_Retransmission_IsCountedOnce() => AssertWhole(Session().Repeat(FirstPublish).Repeat(3).Repeat(FirstPublish).Inspect());

    [Fact]
    public void Read_RetransmissionBehindTheEnd_IsNoSecondConnection() =>
        AssertWhole(Session().With(Session()).Drop(Session().Count).Drop(Session().Count).Drop(Session().Count).Inspect());

    [Theory]
    [InlineData(FirstPublish, FirstPublish + 1)]
    [InlineData(3, FirstPublish)]
    public void Read_Reordered_IsPutInOrder(int a, int b)
    {
        var script = new CaptureScript().Open().Client(Connect).Server(ConnAck).Client(Publish).Client(Publish).Client(Disconnect);

        var found = script.Swap(a, b).Inspect();

        Assert.Equal((1, 2, 1, 0), (found.Mqtt.Types["CONNECT"], found.Mqtt.Types["PUBLISH"], found.Mqtt.Types["DISCONNECT"], found.Mqtt.LostSegments));
    }

    [Fact]
    public void Read_OverlappingSegments_AreTrimmed()
    {
        // The second segment repeats the last byte of the first, and both begin inside of packets.
        var stream = Convert.FromHexString(Connect + Publish + Publish);
        var script = new CaptureScript().Open().Client(stream[..20]).Uncaptured(-1).Client(stream[19..]);

        var found = script.Inspect();

        Assert.Equal((1, 2, 0), (found.Mqtt.Types["CONNECT"], found.Mqtt.Types["PUBLISH"], found.Mqtt.LostSegments));
    }

    [Fact]
    public void Read_OneByteSegments_AreFramed()
    {
        var script = new CaptureScript { ServerPort = 9000 }.Open();
        foreach (var b in Convert.FromHexString(Connect + Publish + Disconnect))
        {
            script.Client([b]);
        }

        var found = script.Inspect();

        Assert.Equal((1, 1, 1), (found.Mqtt.Types["CONNECT"], found.Mqtt.Types["PUBLISH"], found.Mqtt.Types["DISCONNECT"]));
    }

    [Fact]
    public void Read_LostSegmentInsideALargePacket_CostsThatPacketOnly()
    {
        var large = Convert.FromHexString("30B817000174" + new string('0', (3000 - 3) * 2));
        var script = new CaptureScript().Open().Client(Connect).Client(large[..1000]).Uncaptured(1000).Acknowledge().Client(large[2000..]).Client(Publish);

        var found = script.Inspect();

        Assert.Equal((1, 1, 0), (found.Mqtt.LostSegments, found.Mqtt.Types["PUBLISH"], found.Mqtt.Malformed));
        Assert.Equal(1, found.Mqtt.PublishQos["1"]);
    }

    [Fact]
    public void Read_LostSegmentOverAPacketsEnd_GoesOnWithTheNextPacketThatBeginsASegment()
    {
        var script = new CaptureScript().Open().Client(Connect).Server(ConnAck).Client(Publish[..6]).Uncaptured(100).Acknowledge()
            .Client("FFFF").Client(Publish).Client(Disconnect);

        var found = script.Inspect();

        Assert.Equal((1, 1, 1, 0), (found.Mqtt.LostSegments, found.Mqtt.Types["PUBLISH"], found.Mqtt.Types["DISCONNECT"], found.Mqtt.Malformed));
    }

    [Fact]
    public void Read_GapNotAcknowledged_WaitsForTheRetransmission()
    {
        var script = new CaptureScript().Open().Client(Connect).Client(Publish).Client(Publish).Client(Disconnect).Repeat(4).Drop(4);

        var found = script.Inspect();

        Assert.Equal((2, 1, 0), (found.Mqtt.Types["PUBLISH"], found.Mqtt.Types["DISCONNECT"], found.Mqtt.LostSegments));
    }

    [Fact]
    public void Read_GapAtTheEnd_IsTold()
    {
        var found = new CaptureScript().Open().Client(Connect).Uncaptured(50).Acknowledge().Inspect();

        Assert.Equal((1, 1), (found.Mqtt.Types["CONNECT"], found.Mqtt.LostSegments));
    }

    [Theory]
    [InlineData(1883, "C000", "D000", 1)]
    [InlineData(1884, "C000", "D000", 0)]
    [InlineData(1884, "300A000174" + "00000000000000", "40020001", 1)]
    public void Read_JoinedInTheMiddle_IsRecognisedByWholePackets(int port, string client, string server, int connections)
    {
        var found = new CaptureScript { ServerPort = (ushort)port }.Client(client).Server(server).Inspect();

        Assert.Equal(connections, found.Mqtt.Connections);
        Assert.Equal(connections * 2, found.Mqtt.Types.Values.Sum());
        Assert.Empty(found.Mqtt.Versions);
    }

    [Theory]
    [InlineData("474554202F20485454502F312E310D0A0D0A", "485454502F312E3120323030204F4B0D0A0D0A")]
    [InlineData("16030100C8010000C40303", "160303003A020000360303")]
    [InlineData("5353482D322E302D4F70656E535348", "5353482D322E302D4F70656E535348")]
    [InlineData("504F5354202F20485454502F312E310D0A0D0A", "4141414141414141")]
    public void Read_OtherProtocols_AreNotMqtt(string client, string server)
    {
        Assert.Equal(0, new CaptureScript { ServerPort = 8080 }.Open().Client(client).Server(server).Inspect().Mqtt.Connections);
        Assert.Equal(0, new CaptureScript { ServerPort = 8080 }.Client(client).Server(server).Inspect().Mqtt.Connections);
    }

    [Fact]
    public void Read_SamePortsAgain_IsAnotherConnection()
    {
        var first = Session();
        var again = new CaptureScript().Uncaptured(77).Open().Client(Connect).Server(ConnAck);

        var found = first.With(again).Inspect();

        Assert.Equal((2, 2), (found.Mqtt.Connections, found.Mqtt.Types["CONNECT"]));
    }

    [Fact]
    public void Read_StreamThatCantBeCut_IsMalformedOnce()
    {
        var found = new CaptureScript().Open().Client(Connect).Client("30FFFFFFFF01").Client(Publish).Inspect();

        Assert.Equal((1, 1), (found.Mqtt.Malformed, found.Mqtt.Types.Count));
    }

    [Fact]
    public void Read_PacketsAgainstTheRules_AreCountedByTypeAndAsMalformed()
    {
        // QoS 3, and a SUBSCRIBE with the wrong flags.
        var found = new CaptureScript().Open().Client(Connect).Client("3605000174" + "0001").Client("8006000100016100").Inspect();

        Assert.Equal((2, 1, 1, 1), (found.Mqtt.Malformed, found.Mqtt.Types["PUBLISH"], found.Mqtt.Types["SUBSCRIBE"], found.Mqtt.PublishQos["3"]));
    }

    [Fact]
    public void Read_FileCutAnywhere_GivesWhatIsWhole()
    {
        var file = Session().ToPcap();
        var ng = Session().ToPcapNg(isBigEndian: false);
        for (var cut = 24; cut < file.Length; cut++)
        {
            Assert.InRange(CaptureScript.Inspect(file[..cut]).Frames, 0, Session().Count - 1);
        }

        Assert.True(CaptureScript.Inspect(file[..^1]).Cut);
        for (var cut = 28; cut < ng.Length; cut++)
        {
            Assert.InRange(CaptureScript.Inspect(ng[..cut]).Frames, 0, Session().Count - 1);
        }
    }

    [Fact]
    public void Open_NoCapture_SaysSo()
    {
        Assert.Contains("no pcap", Assert.Throws<PacketCaptureException>(() => CaptureScript.Inspect("{\"a\":1}"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("too short", Assert.Throws<PacketCaptureException>(() => CaptureScript.Inspect([])).Message, StringComparison.Ordinal);
    }

    private static CaptureScript Session(int port = 1883, bool isIpv6 = false) =>
        new CaptureScript { ServerPort = (ushort)port, IsIpv6 = isIpv6 }
            .Open().Client(Connect).Server(ConnAck).Client(Publish).Server(PubAck).Client(Disconnect).Acknowledge().Close();

    private static void AssertWhole(PacketCaptureInspection found)
    {
        Assert.Equal((1, 0, 0), (found.Mqtt.Connections, found.Mqtt.Malformed, found.Mqtt.LostSegments));
        Assert.Equal(
            ["CONNACK 1", "CONNECT 1", "DISCONNECT 1", "PUBACK 1", "PUBLISH 1"], found.Mqtt.Types.Select(t => $"{t.Key} {t.Value}"));
        Assert.Equal(("4", 1), found.Mqtt.Versions.Select(v => (v.Key, (int)v.Value)).Single());
    }
}
