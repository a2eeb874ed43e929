using System.Text;
using FieldNet.Edge.Cuts;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.Tests.Cuts;

/// <summary>What a sender says beside the contract leaves with no cut.</summary>
public sealed class PseudonymousRecordsTests
{
    private const string VitalsTopic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";

    private readonly TopicTable _topics = new();

    [Theory]
    [InlineData("vitals", """{"patient":"DUPONT","numerics":[{"signal":"MDC_ECG_HEART_RATE","value":72}]}""")]
    [InlineData("alarm", """{"complete":true,"ward_note":"DUPONT"}""")]
    [InlineData("vitals", "DUPONT, Jean, 1951")]
    [InlineData("vitals", """{"patient":"DUPONT""")]
    public void Of_MoreThanTheContract_IsLeftOut(string message, string payload)
    {
        var written = Of($"fieldnet/v1/chu/icu1/bed-03/mon1/{message}", Encoding.UTF8.GetBytes(payload));

        Assert.DoesNotContain("DUPONT", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_JsonWithAFieldTooMany_KeepsItsValues()
    {
        var written = Of(VitalsTopic, """{"patient":"DUPONT","numerics":[{"signal":"MDC_ECG_HEART_RATE","value":72}]}"""u8.ToArray());

        Assert.Equal(72, Assert.Single(JsonParser.Default.Parse<Vitals>(Encoding.UTF8.GetString(written)).Numerics).Value);
    }

    [Fact]
    public void Of_ProtobufFieldThatNobodyKnows_IsLeftOut()
    {
        var vitals = new Vitals();
        vitals.Numerics.Add(new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 72 });

        // Field 900, length-delimited.
        var written = Of(VitalsTopic, [.. vitals.ToByteArray(), 0xA2, 0x38, 6, .. "DUPONT"u8]);

        Assert.Equal(vitals.ToByteArray(), written);
    }

    [Fact]
    public void Of_WhatTheContractSays_StaysByteForByte()
    {
        var json = """{ "numerics": [ {"value": 72.50, "signal": "MDC_ECG_HEART_RATE"} ] }"""u8.ToArray();

        Assert.Equal(json, Of(VitalsTopic, json));
    }

    [Theory]
    [InlineData(RecordKind.Network, """{"source":"DUPONT","kind":"smf","sessions":[{"supi":"DUPONT","ipv4":"DUPONT","slice_sst":1,"dnn":"DUPONT"}],"gnbs":[{"id":"DUPONT","peer":"DUPONT"}]}""")]
    [InlineData(RecordKind.AgentStart, """{"settings":{"network":{"gateways":[{"gateway":"DUPONT/_ward/DUPONT","serves":["DUPONT/DUPONT"],"supi":"DUPONT"}],"cells":[{"name":"DUPONT"}]}}}""")]
    [InlineData(RecordKind.Probe, """{"session":"DUPONT","target":"DUPONT/_ward/DUPONT","sent":10}""")]
    [InlineData(RecordKind.Seen, """{"ward":"DUPONT","site":"DUPONT","sequence":1,"hop":"sent"}""")]
    public void Of_TheAgentsOwnRecords_NameNobody(RecordKind kind, string payload) =>
        Assert.DoesNotContain("DUPONT", Encoding.UTF8.GetString(OfAgent(new PseudonymousRecords(), kind, payload)), StringComparison.Ordinal);

    [Fact]
    public void Of_TheAlarmPathsWatchdog_StillPasses()
    {
        var records = new PseudonymousRecords();
        var topic = _topics.Intern("fieldnet/v1/chu/icu1/_watchdog/alarm"u8);
        var alarm = new AlarmReport { Stamp = new Stamp { Seq = 7 } }.ToByteArray();

        var sent = FieldNet.Telemetry.Network.SeenReport.FromJson(OfAgent(records, RecordKind.Seen, """{"ward":"icu1","site":"chu","sequence":7,"hop":"sent","seen_us":1}"""))!;
        var publish = records.Of(new LogRecord { Number = 2, Kind = RecordKind.Publish, Client = "c", Topic = topic, Payload = alarm });

        Assert.Equal(("sent", 7), (sent.Hop, sent.Sequence));
        Assert.Equal((TopicScope.Watchdog, sent.Site, sent.Ward), (publish.Topic.Scope, publish.Topic.Site, publish.Topic.Ward));
        Assert.Equal(alarm, publish.Payload.ToArray());
    }

    private static byte[] OfAgent(PseudonymousRecords records, RecordKind kind, string payload) =>
        records.Of(new LogRecord { Number = 1, Kind = kind, Client = "", Topic = Topic.None, Payload = Encoding.UTF8.GetBytes(payload) }).Payload.ToArray();

    private byte[] Of(string topic, byte[] payload) => new PseudonymousRecords()
        .Of(new LogRecord { Number = 1, Kind = RecordKind.Publish, Client = "c", Topic = _topics.Intern(Encoding.UTF8.GetBytes(topic)), Payload = payload })
        .Payload.ToArray();
}
