using System.Globalization;
using System.Text;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>The endpoint's own counters as <c>$SYS/broker/…</c> topics, by the names that mosquitto made usual.</summary>
/// <remarks>
/// Threading: the sequencer thread. Sent at QoS 0 to who subscribed, at once and then every <see cref="PeriodUs"/> while anybody does;
/// they are in no log and in no session's state.
/// </remarks>
internal sealed class SystemTopics(MqttMetrics metrics, TimeProvider time)
{
    public const long PeriodUs = 10_000_000;

    private readonly long _startedAt = time.GetTimestamp();
    private readonly TopicTable _topics = new();
    private int _subscriptions;

    /// <summary>When the next round is due; <see cref="MqttSession.Never"/> while nobody listens.</summary>
    public long NextUs { get; private set; } = MqttSession.Never;

    public static bool IsOne(ReadOnlySpan<byte> topicOrFilter) => topicOrFilter.StartsWith("$SYS/"u8);

    public void Subscribed(ReadOnlySpan<byte> filter, long nowUs)
    {
        if (IsOne(filter) && _subscriptions++ == 0)
        {
            NextUs = nowUs + PeriodUs;
        }
    }

    public void Unsubscribed(ReadOnlySpan<byte> filter)
    {
        if (IsOne(filter) && --_subscriptions == 0)
        {
            NextUs = MqttSession.Never;
        }
    }

    /// <summary>The values now that match a subscription, as if they were retained.</summary>
    public void Find(ReadOnlySpan<byte> filter, List<(OutboundMessage Message, byte Qos)> found)
    {
        if (!IsOne(filter))
        {
            return;
        }

        foreach (var (name, value) in Values())
        {
            var topic = _topics.Intern(Encoding.UTF8.GetBytes(name));
            if (MqttTopic.Matches(filter, topic.Utf8))
            {
                found.Add((new OutboundMessage(topic, default, Encoding.UTF8.GetBytes(value), nowUs: 0), 0));
            }
        }
    }

    /// <summary>A round: the values to whoever subscribed to them.</summary>
    public void Send(SubscriptionTree subscriptions, long nowUs)
    {
        NextUs = nowUs + PeriodUs;
        foreach (var (name, value) in Values())
        {
            var topic = _topics.Intern(Encoding.UTF8.GetBytes(name));
            var message = new OutboundMessage(topic, default, Encoding.UTF8.GetBytes(value), nowUs);
            foreach (var delivery in subscriptions.Match(topic.Utf8).Deliveries)
            {
                delivery.Session.Outbox.Add(new OutboundItem(message, 0, delivery.RetainAsPublished) { Identifiers = delivery.Identifiers }, nowUs);
            }
        }
    }

    private IEnumerable<(string Name, string Value)> Values()
    {
        var totals = metrics.Totals;
        yield return ("$SYS/broker/version", $"FieldNet {typeof(SystemTopics).Assembly.GetName().Version}");
        yield return ("$SYS/broker/uptime", string.Create(CultureInfo.InvariantCulture, $"{(long)time.GetElapsedTime(_startedAt).TotalSeconds} seconds"));
        yield return ("$SYS/broker/clients/connected", Text(totals.Connections));
        yield return ("$SYS/broker/clients/disconnected", Text(Math.Max(0, totals.Sessions - totals.Connections)));
        yield return ("$SYS/broker/clients/total", Text(totals.Sessions));
        yield return ("$SYS/broker/subscriptions/count", Text(totals.Subscriptions));
        yield return ("$SYS/broker/retained messages/count", Text(totals.Retained));
        yield return ("$SYS/broker/messages/received", Text(totals.ReceivedPackets));
        yield return ("$SYS/broker/publish/messages/received", Text(totals.ReceivedMessages));
        yield return ("$SYS/broker/publish/messages/sent", Text(totals.SentMessages));
        yield return ("$SYS/broker/publish/messages/dropped", Text(totals.Dropped));
        yield return ("$SYS/broker/bytes/received", Text(totals.ReceivedBytes));
        yield return ("$SYS/broker/bytes/sent", Text(totals.SentBytes));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
