using System.Runtime.CompilerServices;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>What the router keeps to be fast must not be what fills the memory.</summary>
public sealed class MessageRouterTests
{
    private readonly MqttEndpointOptions _options = new();
    private readonly SubscriptionTree _tree = new();
    private readonly TopicTable _topics = new();
    private readonly MessageRouter _router;

    public MessageRouterTests() => _router = new MessageRouter(_tree, new RetainedMessages(_options, new MqttMetrics()));

    [Fact]
    public void Publish_ManySubscribersOfManyTopics_KeepsABoundedNumberOfDeliveries()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _tree.Add("#"u8, NewSession($"{i}"), new Subscription(new SubscriptionOptions(0), 0));
        }

        var most = 0;
        for (var i = 0; i < 600; i++)
        {
            Publish($"t/{i}");
            most = Math.Max(most, _router.Kept);
        }

        Assert.InRange(most, 100_000, 264_000);
    }

    [Fact]
    public void Publish_AnotherTopicBehindASessionsEnd_LetsGoOfTheSession()
    {
        var gone = SubscribePublishAndRemove();
        Publish("t/2");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(gone.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference SubscribePublishAndRemove()
    {
        _tree.Add("t/#"u8, NewSession("stays"), new Subscription(new SubscriptionOptions(0), 0));
        var session = NewSession("goes");
        _tree.Add("t/1"u8, session, new Subscription(new SubscriptionOptions(0), 0));
        Publish("t/1");
        _tree.Remove("t/1"u8, session);
        return new WeakReference(session);
    }

    private MqttSession NewSession(string client) => new(client, new SessionOutbox(_options, new MqttMetrics(), new BrokerBench(), new QueueBudget(long.MaxValue)));

    private void Publish(string topic) =>
        _router.Publish(new LogRecord { Kind = RecordKind.Publish, Topic = _topics.Intern(Encoding.UTF8.GetBytes(topic)), Client = "" });
}
