using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Packets;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>MQTT 5.0 section 4.7.</summary>
public sealed class SubscriptionTreeTests
{
    private readonly SubscriptionTree _tree = new();

    [Theory]
    [MemberData(nameof(MqttTopicTests.Examples), MemberType = typeof(MqttTopicTests))]
    public void Match_Examples_AreAsTheStandardSays(string filter, string name, bool expected)
    {
        _tree.Add(Utf8(filter), Session("s"), Wanted(1));

        Assert.Equal(expected, _tree.Match(Utf8(name)).Deliveries.Length == 1);
    }

    [Fact]
    public void Match_RandomFiltersAndNames_AgreesWithMatchingOneByOne()
    {
        const int seed = 7;
        var random = new Random(seed);
        string[] levels = ["a", "b", "", "$x", "+"];
        for (var round = 0; round < 300; round++)
        {
            var tree = new SubscriptionTree();
            var filters = new Dictionary<string, MqttSession>();
            for (var i = 0; i < 20; i++)
            {
                var filter = Pick(levels) + (random.Next(4) == 0 ? "/#" : "");
                if (filter.Length > 0 && filters.TryAdd(filter, Session(filter)))
                {
                    tree.Add(Utf8(filter), filters[filter], Wanted(0));
                }
            }

            foreach (var gone in filters.Keys.Where(_ => random.Next(3) == 0).ToList())
            {
                Assert.True(tree.Remove(Utf8(gone), filters[gone]));
                filters.Remove(gone);
            }

            var name = Pick(levels[..4]);
            var expected = filters.Where(f => MqttTopic.Matches(Utf8(f.Key), Utf8(name))).Select(f => f.Key).Order();
            var found = tree.Match(Utf8(name)).Deliveries.Select(d => d.Session.Client).Order();
            Assert.True(expected.SequenceEqual(found), $"seed {seed}, round {round}, name '{name}'");
        }

        string Pick(string[] from) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => from[random.Next(from.Length)]));
    }

    [Fact]
    public void Match_OverlappingSubscriptions_GiveOneDeliveryAtTheHighestQos()
    {
        var session = Session("s");
        _tree.Add("a/#"u8, session, Wanted(0));
        _tree.Add("a/b"u8, session, Wanted(0b101));
        _tree.Add("+/b"u8, session, Wanted(0b1000));

        var delivery = Assert.Single(_tree.Match("a/b"u8).Deliveries);

        Assert.Equal((session, 1, true), (delivery.Session, delivery.Qos, delivery.RetainAsPublished));
        Assert.Equal((0, true), (delivery.Own!.Qos, delivery.Own.RetainAsPublished));
    }

    [Fact]
    public void Remove_Last_LeavesNothing()
    {
        var session = Session("s");
        Assert.True(_tree.Add("a/+/c"u8, session, Wanted(0)));
        Assert.False(_tree.Add("a/+/c"u8, session, Wanted(1)));

        Assert.False(_tree.Remove("a/+"u8, session));
        Assert.True(_tree.Remove("a/+/c"u8, session));
        Assert.False(_tree.Remove("a/+/c"u8, session));

        Assert.Equal(0, _tree.Count);
        Assert.Empty(_tree.Match("a/b/c"u8).Deliveries);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static MqttSession Session(string client) => new(client, new SessionOutbox(new MqttEndpointOptions(), new MqttMetrics(), new BrokerBench(), new QueueBudget(long.MaxValue)));

    private static Subscription Wanted(byte options) => new(new SubscriptionOptions(options), Identifier: 0);
}
