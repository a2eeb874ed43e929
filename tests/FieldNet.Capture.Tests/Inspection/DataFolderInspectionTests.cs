using System.Text.Json;
using FieldNet.Capture.Inspection;
using FieldNet.Capture.Log;
using FieldNet.Capture.Tests.Log;
using FieldNet.Capture.Tests.Sequencing;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using FieldNet.TestKit.Disk;
using Google.Protobuf;

namespace FieldNet.Capture.Tests.Inspection;

public sealed class DataFolderInspectionTests : IDisposable
{
    private readonly SequencerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Read_AFolder_CountsWhatItHolds()
    {
        _bench.Start();
        var lane = _bench.OpenLane();
        SequencerBench.Post(lane, "{}");
        SequencerBench.Post(lane, "x", Records.Wave);
        _bench.Sequencer.Step();
        _bench.Finish();

        var report = DataFolderInspection.Read(_bench.Disk);

        Assert.Equal("fieldnet", report.Format);
        Assert.Equal(2, report.Segments);
        Assert.Equal(_bench.Disk.List().Sum(name => _bench.Disk.Contents(name).Length), report.Bytes);
        Assert.Equal(new Dictionary<string, long> { ["agent_start"] = 1, ["publish"] = 2, ["stop"] = 1 }, report.Records);
        Assert.Equal("2026-03-01T08:00:00.000000Z", report.First);
        Assert.Equal((0L, 0L, 0L), (report.Torn, report.Corrupt, report.Missing));
    }

    [Fact]
    public void Read_ATornTail_IsReported()
    {
        _bench.Start();
        _bench.Finish();
        var name = _bench.Disk.List().Single();
        _bench.Disk.Put(name, _bench.Disk.Contents(name).AsSpan()[..^3]);

        var report = DataFolderInspection.Read(_bench.Disk);

        Assert.Equal((1L, 0L), (report.Torn, report.Corrupt));
        Assert.DoesNotContain("stop", report.Records.Keys);
    }

    [Fact]
    public void Read_WavesCutByAge_TellsEachLaneAndCallsNothingMissing()
    {
        var disk = new SimulatedDisk();
        using var log = CaptureLog.OpenWithoutThread(disk, new CaptureLogOptions { SegmentBytes = 16 * 1024, KeepWaves = TimeSpan.FromSeconds(60), BallastBytes = 5000 });
        var topics = new TopicTable();
        for (var number = 1; number <= 400; number++)
        {
            log.Append(Records.Make(number, 1, 900), (LogLane)(number % 2), topics);
        }

        log.CommitLanes(all: true);
        log.Upkeep.Sweep();

        var report = DataFolderInspection.Read(disk);

        // Lanes are told by what the records are, and these are none of waveforms.
        Assert.Equal(0, report.Missing);
        Assert.Equal(5000, report.BallastBytes);
        Assert.Equal((2, 400), (report.Lanes["facts"].FirstNumber, report.Lanes["facts"].LastNumber));
        Assert.InRange(report.Records["publish"], 200, 260);
        Assert.True(report.Lanes["waves"].Segments < report.Lanes["facts"].Segments);
    }

    [Fact]
    public void Read_DataFolderWithCursors_TellsHowFarEachIs()
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-inspect-").FullName;
        try
        {
            using (var log = CaptureLog.Open(folder, new CaptureLogOptions()))
            {
                log.Append(Records.Make(1, 1, 10), LogLane.Facts, new TopicTable());
                log.Append(Records.Make(2, 1, 10), LogLane.Facts, new TopicTable());
                Assert.True(log.Commit(TimeSpan.FromSeconds(30)));
                log.Cursors.Open("trends").Advance(1);
            }

            Assert.Equal([new CursorInspection("trends", 1, 1, Cut: false)], DataFolderInspection.Read(folder).Cursors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Write_ProtobufMessage_IsDecodedToCanonicalJson()
    {
        var vitals = new Vitals { Stamp = new Stamp { Epoch = 1, Seq = 42 } };
        vitals.Numerics.Add(new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 72 });

        var line = WriteOne(Record(Records.Vitals, vitals.ToByteArray()) with { Client = "mon1", Retain = true, Qos = 1, LogTimeUs = 1_772_352_000_000_001 });

        Assert.Equal(
            ["n", "kind", "log_time", "receive_time", "connection", "client", "topic", "qos", "retain", "payload_base64", "decoded"],
            line.EnumerateObject().Select(property => property.Name));
        Assert.Equal("2026-03-01T08:00:00.000001Z", line.GetProperty("log_time").GetString());
        Assert.Equal(vitals.ToByteArray(), line.GetProperty("payload_base64").GetBytesFromBase64());
        Assert.Equal(72, line.GetProperty("decoded").GetProperty("numerics")[0].GetProperty("value").GetDouble());
        Assert.Equal("42", line.GetProperty("decoded").GetProperty("stamp").GetProperty("seq").GetString());
    }

    [Fact]
    public void Write_JsonMessage_IsItself()
    {
        var line = WriteOne(Record(Records.Vitals, """{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":72, "future":[1]}]}"""u8.ToArray()));

        Assert.Equal("""{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":72,"future":[1]}]}""", line.GetProperty("decoded").GetRawText());
        Assert.False(line.TryGetProperty("refused", out _));
    }

    [Theory]
    [InlineData(Records.Vitals, "{\"numerics\":", "payload_malformed_json", JsonValueKind.Null)]
    [InlineData(Records.Vitals, "not protobuf", "payload_malformed_protobuf", JsonValueKind.Null)]
    [InlineData(Records.Wave, "{\"samplePeriodUs\":-1,\"gain\":1,\"samples\":\"AAA=\"}", "sample_period_invalid", JsonValueKind.Object)]
    [InlineData("fieldnet/v1/chu", "x", "topic_outside_grammar", JsonValueKind.Null)]
    public void Write_MessageThatIsRefused_SaysWhy(string topic, string payload, string reason, JsonValueKind decoded)
    {
        var line = WriteOne(Record(topic, System.Text.Encoding.UTF8.GetBytes(payload)));

        Assert.Equal(reason, line.GetProperty("refused").GetString());
        Assert.Equal(decoded, line.GetProperty("decoded").ValueKind);
    }

    [Fact]
    public void Write_AnyBytes_GiveOneLineOfJson()
    {
        var topics = new[] { Records.Vitals, Records.Wave, "fieldnet/v1/chu/icu1/bed-03/mon1/alarm", "any/topic", "" };
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var payload = new byte[random.Next(60)];
            random.NextBytes(payload);
            if (payload.Length > 0 && random.Next(2) == 0)
            {
                payload[0] = (byte)"{[\"x"[random.Next(4)];
            }

            WriteOne(Record(topics[random.Next(topics.Length)], payload) with { Kind = (RecordKind)random.Next(20) });
        }
    }

    private static Records.Copy Record(string topic, byte[] payload) =>
        Records.Make(7, 1, 0) with { Topic = topic, Payload = Convert.ToHexString(payload), Properties = "" };

    private static JsonElement WriteOne(Records.Copy record)
    {
        using var stream = new MemoryStream();
        using (var writer = new RecordJsonWriter(stream))
        {
            writer.Write(record.ToRecord(new Telemetry.Topics.TopicTable()));
        }

        var line = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line[..^1]);
        return JsonDocument.Parse(line).RootElement;
    }
}
