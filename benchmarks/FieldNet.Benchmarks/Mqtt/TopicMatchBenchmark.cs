using System.Text;
using BenchmarkDotNet.Attributes;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>What does it cost to find a topic's subscribers, when the broker has not kept the answer? Budget: under 2 µs at any count.</summary>
[MemoryDiagnoser]
public class TopicMatchBenchmark
{
    private readonly SubscriptionTree _tree = new();
    private readonly byte[] _topic = Encoding.UTF8.GetBytes("fieldnet/v1/chu/icu1/bed-3/mon1/vitals");

    /// <summary>One in ten has a wildcard; four match the topic.</summary>
    [Params(10, 1000, 10_000, 100_000)]
    public int Subscriptions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var options = new MqttEndpointOptions();
        var metrics = new MqttMetrics();
        for (var i = 0; i < Subscriptions; i++)
        {
            var filter = i switch
            {
                0 => "fieldnet/v1/#",
                1 => "fieldnet/v1/+/+/bed-3/#",
                2 => "fieldnet/v1/chu/icu1/bed-3/mon1/vitals",
                3 => "+/+/+/+/+/+/vitals",
                _ when i % 10 == 0 => $"fieldnet/v1/chu/icu{i}/+/mon1/#",
                _ => $"fieldnet/v1/chu/icu{i % 100}/bed-{i}/mon1/vitals",
            };
            var session = new MqttSession($"client-{i}", new SessionOutbox(options, metrics, new NothingCommitted(), new QueueBudget(options.MaxQueuedBytesInAll)));
            _tree.Add(Encoding.UTF8.GetBytes(filter), session, new Subscription(new SubscriptionOptions(1), Identifier: 0));
        }
    }

    [Benchmark]
    public int Match() => _tree.Match(_topic).Deliveries.Length;
}
