using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class JsonTests
{
    private static readonly Signal Pleth = SignalTable.Find("MDC_PULS_OXIM_PLETH")!;

    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly AlarmReport _alarms = new();

    [Fact]
    public void ReadVitals_LineOfTheContract_IsRead()
    {
        Read("""
            {"stamp":{"epoch":1,"seq":"42","deviceTimeUs":"1795000000000000"},
              "numerics":[{"signal":"MDC_PULS_OXIM_SAT_O2","value":97},{"signal":"MDC_ECG_HEART_RATE","value":72}]}
            """);

        Assert.Equal((1u, 42ul, 1_795_000_000_000_000), (_vitals.Stamp.Epoch, _vitals.Stamp.Seq, _vitals.Stamp.DeviceTimeUs));
        Assert.False(_vitals.Stamp.HasSentTime);
        Assert.Equal([("MDC_PULS_OXIM_SAT_O2", 97), ("MDC_ECG_HEART_RATE", 72)], _vitals.Numerics.ToArray().Select(sample => (sample.Signal.Id, sample.Value)));
    }

    [Theory]
    [InlineData("""{"stamp":{"device_time_us":5,"seq":18446744073709551615}}""")]
    [InlineData("""{"stamp":{"deviceTimeUs":"5.0","seq":"18446744073709551615"},"unknown":{"deep":[1,{"x":null}]}}""")]
    [InlineData("""{"stamp":{"deviceTimeUs":5e0,"\u0073eq":"18446744073709551615","historical":null},"numerics":null}""")]
    public void ReadVitals_SpellingsOfOneMessage_AreOne(string json)
    {
        Read(json);

        Assert.Equal((5, ulong.MaxValue, 0), (_vitals.Stamp.DeviceTimeUs, _vitals.Stamp.Seq, _vitals.Count));
    }

    [Theory]
    [InlineData("\"QUESTIONABLE\"", Validity.Questionable)]
    [InlineData("1", Validity.Questionable)]
    [InlineData("77", Validity.Invalid)]
    [InlineData("-1", Validity.Invalid)]
    [InlineData("\"LATER_VERSION\"", Validity.Invalid)]
    [InlineData("null", Validity.Valid)]
    public void ReadVitals_Enumeration_ByNameOrNumber(string json, Validity validity)
    {
        Read($$"""{"numerics":[{"signal":"MDC_TEMP","value":37,"validity":{{json}}}]}""");

        Assert.Equal(validity, _vitals.Numerics[0].Validity);
    }

    [Theory]
    [InlineData("\"NaN\"", Refusal.ValueOutOfRange)]
    [InlineData("\"-Infinity\"", Refusal.ValueOutOfRange)]
    [InlineData("1e999", Refusal.ValueOutOfRange)]
    [InlineData("-999", Refusal.ValueSentinel)]
    [InlineData("\"37.5\"", Refusal.None)]
    public void ReadVitals_Number_IsJudgedAsProtobufIs(string json, Refusal refusal)
    {
        Read($$"""{"numerics":[{"signal":"MDC_TEMP","value":{{json}}}]}""");

        Assert.Equal(refusal, _vitals.Numerics[0].Refusal);
    }

    [Fact]
    public void ReadAlarms_UnknownPriorityName_IsHigh()
    {
        var json = """{"conditions":[{"id":"1","present":true,"priority":"CRITICAL"}]}"""u8;

        Assert.Equal(Refusal.None, _decoder.ReadAlarms(json, PayloadFormat.Detect, _alarms));

        Assert.Equal(AlarmPriority.High, _alarms.Conditions[0].Priority);
    }

    [Theory]
    [InlineData("+/+/AA==")]
    [InlineData("-_-_AA")]
    [InlineData("+/-_AA==")]
    public void ReadWave_Base64_StandardAndUrlSafe(string base64)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"samplePeriodUs":8000,"gain":1,"samples":"{{base64}}"}""");

        Assert.Equal(Refusal.None, _decoder.ReadWave(json, PayloadFormat.Json, Pleth, out var chunk));

        Assert.Equal([0xFB, 0xFF, 0xBF, 0x00], chunk.Samples.ToArray());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"stamp\":{}")]
    [InlineData("{\"stamp\":3}")]
    [InlineData("{\"numerics\":{}}")]
    [InlineData("{\"numerics\":[null]}")]
    [InlineData("{\"numerics\":[{\"value\":\"abc\"}]}")]
    [InlineData("{\"numerics\":[{\"value\":true}]}")]
    [InlineData("{\"numerics\":[{\"mdc\":-1}]}")]
    [InlineData("{\"numerics\":[{\"mdc\":4294967296}]}")]
    [InlineData("{\"numerics\":[{\"mdc\":1.5}]}")]
    [InlineData("{\"numerics\":[{\"signal\":7}]}")]
    [InlineData("{\"numerics\":[{\"signal\":\"\\ud800\"}]}")]
    [InlineData("{\"numerics\":[{\"intermittent\":1}]}")]
    [InlineData("{\"numerics\":[{\"validity\":true}]}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{'stamp':{}}")]
    public void ReadVitals_NotTheMapping_IsMalformedJson(string json) =>
        Assert.Equal(Refusal.PayloadMalformedJson, _decoder.ReadVitals(Encoding.UTF8.GetBytes(json), PayloadFormat.Json, _vitals));

    [Fact]
    public void ReadVitals_InvalidUtf8_IsMalformedJson()
    {
        byte[] json = [.. "{\"numerics\":[{\"signal\":\""u8, 0xC3, 0x28, .. "\"}]}"u8];

        Assert.Equal(Refusal.PayloadMalformedJson, _decoder.ReadVitals(json, PayloadFormat.Json, _vitals));
    }

    [Fact]
    public void ReadVitals_DeepNestingInAnUnknownField_IsMalformedJson()
    {
        var json = $$"""{"unknown":{{new string('[', 50_000)}}""";

        Assert.Equal(Refusal.PayloadMalformedJson, _decoder.ReadVitals(Encoding.UTF8.GetBytes(json), PayloadFormat.Json, _vitals));
    }

    private void Read(string json) => Assert.Equal(Refusal.None, _decoder.ReadVitals(Encoding.UTF8.GetBytes(json), PayloadFormat.Detect, _vitals));
}
