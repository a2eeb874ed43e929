using System.Buffers;
using System.Text;
using FieldNet.Capture.Replay;
using FieldNet.Capture.Tests.Log;
using FieldNet.Capture.Tests.Packets;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Replay;

/// <summary>What a packet capture gives to a replay: the clients' messages, in the order in which each was complete.</summary>
public sealed class PacketSourceTests : IDisposable
{
    private const string Connect = "100D00044D5154540402003C000163";
    private const string Connect5 = "100E00044D5154540502003C0000" + "0163";
    private const string Disconnect = "E000";
    private const long OpensUs = 1_700_000_000_000_000;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void TryRead_BothDirections_GivesTheClientsMessagesOnly()
    {
        var script = new CaptureScript().Open().Client(Connect).Server("20020000").Client(Publish("a", "one")).Server(Convert.ToHexString(Publish("b", "two")))
            .Client(Publish("c", "three", qos: 1)).Server("40020001");

        var records = Read(script);

        Assert.Equal(["a one", "c three"], Messages(records));
        Assert.Equal((RecordKind.Publish, (byte)1, (ushort)7, "c"), records.Where(r => r.Topic == "c").Select(r => (r.Kind, r.Qos, r.PacketId, r.Client)).Single());
        Assert.Equal(Enumerable.Range(1, records.Count), records.Select(r => (int)r.Number));
    }

    [Fact]
    public void TryRead_Times_AreThoseOfTheFrameThatCompletesTheMessage()
    {
        var publish = Publish("a", "one");
        var script = new CaptureScript().Open().Client(Connect).Client(publish[..4]).Client(publish[4..]);

        var record = Read(script).Single(r => r.Kind == RecordKind.Publish);

        Assert.Equal((OpensUs + 6000, OpensUs + 6000), (record.LogTimeUs, record.ReceiveTimeUs));
    }

    [Fact]
    public void TryRead_RetransmittedReorderedAndOverlapping_GivesEachMessageOnce()
    {
        var script = new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")).Client(Publish("a", "two")).Client(Publish("a", "three"));
        script.Swap(4, 5).Repeat(4).Repeat(5).Repeat(6).Repeat(3);

        Assert.Equal(["a one", "a two", "a three"], Messages(Read(script)));
    }

    [Fact]
    public void TryRead_InterleavedConnections_KeepsTheOrderOfCompletion()
    {
        var first = new CaptureScript { ClientPort = 50_000 }.Open().Client(Connect).Client(Publish("a", "one"));
        var second = new CaptureScript { ClientPort = 50_001 }.Wait(TimeSpan.FromMilliseconds(2)).Open().Client(Connect).Client(Publish("b", "one"));
        var script = first.With(second);

        var records = Read(script);

        Assert.Equal(["a one", "b one"], Messages(records));
        Assert.Equal(2, records.Select(r => r.Connection).Where(c => c > 0).Distinct().Count());
    }

    [Fact]
    public void TryRead_ConnectionThatIsClosed_IsBetweenItsConnectAndItsClose()
    {
        var leaves = Read(new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")).Client(Disconnect).Acknowledge().Close());
        var breaks = Read(new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")).Close());
        var stays = Read(new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")));

        Assert.Equal([RecordKind.Connect, RecordKind.Publish, RecordKind.Close], leaves.Select(r => r.Kind));
        Assert.Contains("\"leave\":true", Text(leaves[^1]), StringComparison.Ordinal);
        Assert.Contains("\"leave\":false", Text(breaks[^1]), StringComparison.Ordinal);
        Assert.Equal([RecordKind.Connect, RecordKind.Publish], stays.Select(r => r.Kind));
    }

    [Fact]
    public void TryRead_TopicAlias_IsReplacedByItsTopic()
    {
        var script = new CaptureScript().Open().Client(Connect5)
            .Client(Publish("ward/a", "one", version: MqttProtocolVersion.V5, properties: [0x23, 0, 5])).Client(Publish("", "two", version: MqttProtocolVersion.V5, properties: [0x23, 0, 5]))
            .Client(Publish("", "three", version: MqttProtocolVersion.V5, properties: [0x23, 0, 6]));

        Assert.Equal(["ward/a one", "ward/a two"], Messages(Read(script, out var remarks)));
        Assert.Contains("1 PUBLISH", Assert.Single(remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public void TryRead_JoinedInTheMiddle_TellsTheVersionByTheMessage(MqttProtocolVersion version)
    {
        const string vitals = """{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":72}]}""";
        var script = new CaptureScript().Client(Publish(Records.Vitals, vitals, version: version)).Client(Publish(Records.Vitals, "{}", version: version));

        Assert.Equal([$"{Records.Vitals} {vitals}", $"{Records.Vitals} {{}}"], Messages(Read(script)));
        Assert.Equal("10.0.0.1:50000", Read(script)[0].Client);
    }

    [Fact]
    public void TryRead_IdleSeconds_AreTicksForAMinuteAtMost()
    {
        var script = new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")).Wait(TimeSpan.FromSeconds(5)).Client(Publish("a", "two"))
            .Wait(TimeSpan.FromHours(3)).Client(Publish("a", "three"));

        var records = Read(script);

        Assert.Equal(5 + 60, records.Count(r => r.Kind == RecordKind.Tick));
        Assert.Equal(records.Select(r => r.LogTimeUs).Order(), records.Select(r => r.LogTimeUs));
        Assert.Equal(OpensUs + 7000 + 5_000_000 + 10_800_000_000, records[^1].LogTimeUs);
    }

    [Fact]
    public void TryRead_LostSegmentAndCutFile_AreRemarked()
    {
        var file = new CaptureScript().Open().Client(Connect).Client(Publish("a", "one")).Uncaptured(100).Acknowledge().Client(Publish("a", "two")).Close().ToPcap();
        File.WriteAllBytes(_file, file[..^3]);

        Assert.Equal(["a one", "a two"], Messages(Read(out var remarks)));
        Assert.Contains(remarks, remark => remark.Contains("1 gaps", StringComparison.Ordinal));
        Assert.Contains(remarks, remark => remark.Contains("middle of a frame", StringComparison.Ordinal));
    }

    private static byte[] Publish(string topic, string payload, byte qos = 0, MqttProtocolVersion version = MqttProtocolVersion.V311, byte[]? properties = null)
    {
        var output = new ArrayBufferWriter<byte>();
        new PublishPacket
        {
            Qos = qos,
            PacketId = (ushort)(qos > 0 ? 7 : 0),
            Topic = Encoding.UTF8.GetBytes(topic),
            Properties = properties,
            Payload = Encoding.UTF8.GetBytes(payload),
        }.Write(output, version);
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> Messages(List<Records.Copy> records) =>
        records.Where(record => record.Kind == RecordKind.Publish).Select(record => $"{record.Topic} {Text(record)}");

    private static string Text(Records.Copy record) => Encoding.UTF8.GetString(Convert.FromHexString(record.Payload));

    private List<Records.Copy> Read(CaptureScript script) => Read(script, out _);

    private List<Records.Copy> Read(CaptureScript script, out IReadOnlyList<string> remarks)
    {
        File.WriteAllBytes(_file, script.ToPcap());
        return Read(out remarks);
    }

    private List<Records.Copy> Read(out IReadOnlyList<string> remarks)
    {
        using var source = new PacketSource([_file], new TopicTable());
        var records = new List<Records.Copy>();
        while (source.TryRead(out var record))
        {
            records.Add(record.ToCopy());
        }

        remarks = source.Remarks;
        return records;
    }
}
