using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FieldNet.Edge.AlarmPath;
using FieldNet.Edge.ExternalBroker;
using FieldNet.Edge.Tests.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.TestKit;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Edge.Tests.AlarmPath;

/// <summary>The TEST alarm's real way: client, endpoint, log, processor, screen; and what is said when a part of it is broken.</summary>
public sealed class AlarmPathTests
{
    private static readonly AlarmPathOptions Quick = new() { Every = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMilliseconds(900) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watchdog_WholePath_IsMeasuredAndNothingIsSaid()
    {
        await using var agent = await RunningAgent.StartAsync(options => options with { AlarmPath = Quick });
        await using var listener = await MqttClient.ConnectAsync("127.0.0.1", agent.Host.Mqtt.Port, new MqttClientOptions(), cancellationToken: Cancellation);
        await listener.SubscribeAsync("fieldnet/v1/#", cancellationToken: Cancellation);
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");
        await agent.SpeakAsync("chu/icu2/bed-01/mon1");

        Dictionary<string, Wire.AlarmReport> alarms = [];
        await foreach (var message in listener.Messages.ReadAllAsync(Cancellation))
        {
            if (message.Topic.EndsWith("/_watchdog/alarm", StringComparison.Ordinal))
            {
                alarms[message.Topic] = Wire.AlarmReport.Parser.ParseFrom(message.Payload.Span);
                if (alarms.Count == 2)
                {
                    break;
                }
            }
        }

        Assert.Equal(["fieldnet/v1/chu/icu1/_watchdog/alarm", "fieldnet/v1/chu/icu2/_watchdog/alarm"], alarms.Keys.Order());
        Assert.All(alarms.Values, alarm => Assert.Equal(Wire.Stamp.Types.Mode.Test, alarm.Stamp.Mode));
        await RunningAgent.UntilAsync(() => Steps(agent, SeenReport.Committed).Count >= 2, "the acknowledgement as a record");
        Assert.DoesNotContain(agent.Events(), line => line.Contains("alarm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watchdog_ScreenThatWitnessedFallsSilent_IsAnIncidentUntilItWitnessesAgain()
    {
        await using var agent = await RunningAgent.StartAsync(options => options with { AlarmPath = Quick });
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");

        await WitnessNextAsync(agent, "screen");
        await RunningAgent.UntilAsync(() => Incidents(agent, "start").Count == 1, "the incident");
        await WitnessNextAsync(agent, "screen");
        await RunningAgent.UntilAsync(() => Incidents(agent, "end").Count == 1, "its end");

        var incident = Incidents(agent, "start")[0];
        Assert.Equal("agent", incident.GetProperty("cause").GetString());
        Assert.Equal("high", incident.GetProperty("severity").GetString());
        Assert.Equal("page", Assert.Single(incident.GetProperty("evidence").GetProperty("missing").EnumerateArray()).GetString());
        Assert.Equal("icu1/bed-03", Assert.Single(incident.GetProperty("beds").EnumerateArray()).GetString());
        var (lived, replayed) = await agent.StopAndReplayAsync();
        Assert.Equal(lived, replayed);
    }

    [Fact]
    public async Task Watchdog_OverAnothersBroker_PassesThere()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        Assert.True(MqttServerAddress.TryParse(broker.Address, out var server));
        await using var agent = await RunningAgent.StartAsync(options => options with { AlarmPath = Quick, Broker = new BrokerLinkOptions { Server = server, ClientId = "fieldnet-test" } });
        await RunningAgent.UntilAsync(() => agent.Records(RecordKind.Connect).Count > 0, "the link");
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");

        await RunningAgent.UntilAsync(() => Steps(agent, SeenReport.Committed).Count >= 2, "two acknowledgements");

        Assert.Empty(Incidents(agent, "start"));
        var (lived, replayed) = await agent.StopAndReplayAsync();
        Assert.Equal(lived, replayed);
    }

    [Fact]
    public async Task Watchdog_ScreenThatLeft_IsNotMissed()
    {
        await using var agent = await RunningAgent.StartAsync(options => options with { AlarmPath = Quick });
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");

        await WitnessNextAsync(agent, "screen");
        agent.Host.Witness.Left("screen");
        var so = Steps(agent, SeenReport.Sent).Count;
        await RunningAgent.UntilAsync(() => Steps(agent, SeenReport.Sent).Count >= so + 3, "three more");

        Assert.Empty(Incidents(agent, "start"));
    }

    [Fact]
    public async Task Watchdog_EndpointCannotBeReached_IsAnIncident()
    {
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.True(MqttServerAddress.TryParse(new Uri($"mqtt://127.0.0.1:{((IPEndPoint)nobody.LocalEndPoint!).Port}"), out var via));
        await using var agent = await RunningAgent.StartAsync(options => options with { AlarmPath = Quick with { Via = via } });
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");

        await RunningAgent.UntilAsync(() => Incidents(agent, "start").Count == 1, "the incident");

        var missing = Incidents(agent, "start")[0].GetProperty("evidence").GetProperty("missing").EnumerateArray().Select(hop => hop.GetString());
        Assert.Equal(["endpoint", "processor", "committed"], missing);
    }

    [Fact]
    public async Task Watchdog_SomebodyElseSendsThere_IsRefusedAndSeenByNobody()
    {
        await using var agent = await RunningAgent.StartAsync();
        await agent.SpeakAsync("chu/icu1/bed-03/mon1");
        await using var stranger = await MqttClient.ConnectAsync("127.0.0.1", agent.Host.Mqtt.Port, new MqttClientOptions(), cancellationToken: Cancellation);

        var reason = await stranger.PublishAsync("fieldnet/v1/chu/icu1/_watchdog/alarm", TestAlarm.Payload(1, 1), qos: 1, cancellationToken: Cancellation);

        Assert.Equal(Mqtt.Packets.MqttReasonCode.NotAuthorized, reason);
    }

    [Theory]
    [InlineData("fieldnet/v1/#", true)]
    [InlineData("#", true)]
    [InlineData("fieldnet/v1/+/+/+/alarm", true)]
    [InlineData("fieldnet/v1/+/+/+/+/alarm", false)]
    [InlineData("fieldnet/v1/+", false)]
    public void TopicFilters_Cover_AsMqttSays(string filter, bool covers) =>
        Assert.Equal(covers, TopicFilters.Cover([filter], "fieldnet/v1/site/ward/_watchdog/alarm"));

    private static List<SeenReport> Steps(RunningAgent agent, string hop) =>
        [.. agent.Records(RecordKind.Seen).Select(payload => SeenReport.FromJson(System.Text.Encoding.UTF8.GetBytes(payload))!).Where(step => step.Hop == hop)];

    private static List<JsonElement> Incidents(RunningAgent agent, string phase) =>
        [.. agent.Events().Select(line => JsonDocument.Parse(line).RootElement).Where(e => e.GetProperty("what").ValueEquals("alarm_path") && e.GetProperty("phase").ValueEquals(phase))];

    /// <summary>Says of whatever comes next that the screen shows it, until a record says that it was taken.</summary>
    private static async Task WitnessNextAsync(RunningAgent agent, string screen)
    {
        var so = Steps(agent, SeenReport.Page).Count;
        await RunningAgent.UntilAsync(() =>
        {
            if (Steps(agent, SeenReport.Committed) is { Count: > 0 } committed)
            {
                agent.Host.Witness.Seen(committed[^1].Ward, committed[^1].Sequence, screen);
            }

            return Steps(agent, SeenReport.Page).Count > so;
        }, "a screen's word as a record");
    }
}
