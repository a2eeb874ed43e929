using System.Globalization;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.History;

/// <summary>A gateway whose link was down for two minutes sends what it kept: charts are whole again, and no alarm is live that is over.</summary>
public sealed class BackfillTests
{
    private const string Device = "fieldnet/v1/chu/icu1/bed-01/mon1";
    private const string HeartRate = "MDC_ECG_HEART_RATE";
    private const string Lead = "MDC_ECG_ELEC_POTL_II";
    private const int OutageS = 120;

    private readonly long _nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
    private ulong _seq;

    [Fact]
    public async Task Publish_ABacklog_RepairsTrendAndLookBackAndRaisesOnlyWhatStands()
    {
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        await using var client = await MqttClient.ConnectAsync(
            "127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = "gateway" }, cancellationToken: TestContext.Current.CancellationToken);

        await SendAsync(client, "vitals", Live(), Numeric(72));
        var outageUs = _nowUs - 600_000_000;
        for (var second = 0; second < OutageS; second++)
        {
            var atUs = outageUs + (second * 1_000_000L);
            await SendAsync(client, "vitals", Kept(atUs), Numeric(60 + second));
            await SendAsync(client, $"wave/{Lead}", Kept(atUs), $"\"samplePeriodUs\":10000,\"gain\":0.005,\"unit\":\"mV\",\"samples\":\"{Convert.ToBase64String(new byte[200])}\"");
        }

        await SendAsync(client, "alarm", Kept(outageUs), Alarms("over", "stands"));
        await SendAsync(client, "alarm", Kept(outageUs + 30_000_000), Alarms("stands"));
        await SendAsync(client, "alarm", Live(), Alarms("stands"));
        await SendAsync(client, "vitals", Live(), Numeric(73));

        await EventsSayAsync(data.File("events.jsonl"), "missed", "over");
        await EventsSayAsync(data.File("events.jsonl"), "device", "stands");
        Assert.DoesNotContain(await AlarmsAsync(data.File("events.jsonl")), alarm => alarm is ("device", "over") or ("missed", "stands"));
        using var http = new HttpClient { BaseAddress = agent.Http };
        var span = $"bed=icu1/bed-01&from={outageUs / 1000}&to={(outageUs / 1000) + (OutageS * 1000)}";
        await TrendHasAsync(http, $"api/history/trend?{span}&signal={HeartRate}&points=1000");
        await LookBackHasAsync(http, $"api/history/waves?{span}&signal={Lead}");
    }

    private static string Numeric(int beatsPerMinute) =>
        string.Create(CultureInfo.InvariantCulture, $"\"numerics\":[{{\"signal\":\"{HeartRate}\",\"value\":{beatsPerMinute}}}]");

    private static string Alarms(params string[] ids) =>
        "\"complete\":true,\"conditions\":[" + string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","event":"MDC_EVT_ECG_V_TACHY","kind":"PHYSIOLOGICAL","priority":"HIGH","present":true}""")) + "]";

    private static async Task TrendHasAsync(HttpClient http, string path)
    {
        await WallPage.UntilAsync(
            async () =>
            {
                using var trend = JsonDocument.Parse(await http.GetStringAsync(path, TestContext.Current.CancellationToken));
                var means = trend.RootElement.GetProperty("mean").EnumerateArray().Select(mean => mean.GetDouble()).ToArray();
                return means.SequenceEqual(Enumerable.Range(60, OutageS).Select(rate => (double)rate))
                    && trend.RootElement.GetProperty("late").GetArrayLength() == OutageS;
            },
            TimeSpan.FromSeconds(20),
            "each number of the outage in the trend, once, marked late");
    }

    private static async Task LookBackHasAsync(HttpClient http, string path)
    {
        await WallPage.UntilAsync(
            async () =>
            {
                using var waves = JsonDocument.Parse(await http.GetStringAsync(path, TestContext.Current.CancellationToken));
                var pieces = waves.RootElement.GetProperty("pieces").EnumerateArray().ToArray();
                return pieces.Length > 0 && Array.TrueForAll(pieces, piece => piece.GetProperty("late").GetBoolean())
                    && pieces.Sum(piece => piece.GetProperty("min").GetArrayLength() * piece.GetProperty("stepMs").GetDouble()) >= (OutageS - 1) * 1000;
            },
            TimeSpan.FromSeconds(20),
            "the outage's waveform in the look-back, marked late");
    }

    private static async Task EventsSayAsync(string file, string what, string condition) => await WallPage.UntilAsync(
        async () => (await AlarmsAsync(file)).Contains((what, condition)), TimeSpan.FromSeconds(20), $"alarm/{what} of {condition}");

    private static async Task<List<(string What, string Condition)>> AlarmsAsync(string file)
    {
        var alarms = new List<(string, string)>();
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line.EndsWith('}'))
        {
            using var said = JsonDocument.Parse(line);
            if (said.RootElement.GetProperty("kind").GetString() == "alarm" && said.RootElement.GetProperty("phase").GetString() == "start")
            {
                alarms.Add((said.RootElement.GetProperty("what").GetString()!, said.RootElement.GetProperty("evidence").GetProperty("condition").GetString()!));
            }
        }

        return alarms;
    }

    private static async Task SendAsync(MqttClient client, string kind, string stamp, string content) => await client.PublishAsync(
        $"{Device}/{kind}", System.Text.Encoding.UTF8.GetBytes($$"""{"stamp":{{{stamp}}},{{content}}}"""), qos: 1, cancellationToken: TestContext.Current.CancellationToken);

    private string Live()
    {
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        return $"\"epoch\":1,\"seq\":\"{++_seq}\",\"deviceTimeUs\":\"{nowUs}\",\"sentTimeUs\":\"{nowUs}\"";
    }

    private string Kept(long atUs) => $"\"epoch\":1,\"seq\":\"{++_seq}\",\"deviceTimeUs\":\"{atUs}\",\"historical\":true";
}
