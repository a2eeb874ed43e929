using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>A session that outlives its connection outlives the agent, too: what was acknowledged to its publisher reaches its subscriber, once.</summary>
public sealed class LastingSessionTests
{
    private const string Topic = "hospital/orders";
    private const int BeforeKill = 400;

    [Fact]
    public async Task Kill9_InMidStream_SubscriberAtQos2GetsEachAcknowledgedMessageOnce()
    {
        using var data = new DataFolder();
        var acknowledged = new ConcurrentQueue<ulong>();
        var received = new List<ulong>();
        var session = new MqttClientSession();
        ulong sent = 0;
        await using (var agent = await StartAsync(data))
        {
            await using var subscriber = await SubscriberAsync(agent, session, isFirst: true);
            await subscriber.SubscribeAsync(Topic, qos: 2, TestContext.Current.CancellationToken);
            await using var publisher = await PublisherAsync(agent, acknowledged);
            while (acknowledged.Count < BeforeKill)
            {
                if (!publisher.TryPublish(Encoding.UTF8.GetBytes(Topic), Payload(++sent), qos: 2, token: sent))
                {
                    sent--;
                    await publisher.WaitForRoomAsync(TestContext.Current.CancellationToken);
                }

                Take(subscriber, received);
            }

            await agent.KillAsync();
            await subscriber.Closed;
            await publisher.Closed;
            Take(subscriber, received);
        }

        await using var restarted = await StartAsync(data);
        await using var again = await SubscriberAsync(restarted, session, isFirst: false);
        Assert.True(again.SessionPresent);
        await using var last = await PublisherAsync(restarted, acknowledged);
        await last.PublishAsync(Topic, Payload(++sent), qos: 2, cancellationToken: TestContext.Current.CancellationToken);
        while (!received.Contains(sent))
        {
            received.Add(Number(await again.Messages.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30))));
        }

        Assert.Empty(acknowledged.Except(received));
        Assert.Equal(received.Distinct().Order(), received.Order());
    }

    private static Task<AgentProcess> StartAsync(DataFolder data) =>
        AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);

    private static Task<MqttClient> SubscriberAsync(AgentProcess agent, MqttClientSession session, bool isFirst) => MqttClient.ConnectAsync(
        "127.0.0.1", agent.Mqtt.Port,
        new MqttClientOptions { ClientId = "ehr", CleanStart = isFirst, SessionExpiry = TimeSpan.FromHours(1), Session = session, MaxReceivedMessages = 10_000 },
        cancellationToken: TestContext.Current.CancellationToken);

    private static Task<MqttClient> PublisherAsync(AgentProcess agent, ConcurrentQueue<ulong> acknowledged) => MqttClient.ConnectAsync(
        "127.0.0.1", agent.Mqtt.Port,
        new MqttClientOptions { ClientId = "orders", Acknowledged = (token, _) => acknowledged.Enqueue(token) },
        cancellationToken: TestContext.Current.CancellationToken);

    private static void Take(MqttClient subscriber, List<ulong> received)
    {
        while (subscriber.Messages.TryRead(out var message))
        {
            received.Add(Number(message));
        }
    }

    private static byte[] Payload(ulong number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static ulong Number(MqttMessage message) => ulong.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture);
}
